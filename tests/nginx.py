"""A real nginx on loopback, with what a test lets it serve."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from service_help import free_port

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")


@contextlib.contextmanager
def nginx(folder: Path, within: Callable[[int], str]) -> Iterator[str]:
    """Yield its address; `within` gives what stands in its `http` block, from the port that it is to listen on."""
    assert NGINX is not None
    port = free_port()
    temporary = "".join(f"{n}_temp_path {folder}/{n}; " for n in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    user = "user root; " if os.geteuid() == 0 else ""  # as whom it reads the folder of the test
    start = f"daemon off; {user}pid {folder}/pid; error_log {folder}/error.log; events {{}}\n"
    content = f"{start}http {{ {temporary} access_log off;\n{within(port)}\n}}\n"
    (folder / "nginx.conf").write_text(content, encoding="utf-8")
    command = [NGINX, "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    tested = subprocess.run([*command, "-t"], capture_output=True, text=True)
    assert "warn" not in tested.stderr, tested.stderr
    assert tested.returncode == 0, tested.stderr
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(timeout=20)
