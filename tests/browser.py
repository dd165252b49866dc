"""A real browser for tests: Debian's Chromium, with what it logs, asks for and shows."""

from __future__ import annotations

import functools
import json
import shutil
import subprocess
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.webdriver.chrome.service import Service

ROOT = Path(__file__).parents[1]
AXE = ROOT / "tests/tools/node_modules/axe-core/axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
FLAGS = (
    *("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update", "--disable-dev-shm-usage"),
)


class Browser:
    """A browser of its own profile."""

    def __init__(self, folder: Path) -> None:
        chromium, driver = shutil.which("chromium"), shutil.which("chromedriver")
        if not chromium or not driver:
            pytest.skip("there is no chromium with chromedriver; on Debian: apt install chromium chromium-driver")
        options = webdriver.ChromeOptions()
        options.binary_location = chromium
        for flag in (*FLAGS, f"--user-data-dir={folder / 'profile'}"):
            options.add_argument(flag)
        options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
        self.driver = webdriver.Chrome(options=options, service=Service(driver))

    def command(self, name: str, **given: Any) -> Any:
        return self.driver.execute_cdp_cmd(name, given)

    def look(self, width: int, dark: bool = False) -> None:
        """Set width and colours."""
        self.command("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=False)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.command("Emulation.setEmulatedMedia", media="screen", features=[scheme])

    def script(self, allowed: bool) -> None:
        self.command("Emulation.setScriptExecutionDisabled", value=not allowed)

    def get(self, address: str) -> None:
        self.driver.get(address)

    def run(self, code: str, *given: Any) -> Any:
        return self.driver.execute_script(code, *given)

    def faults(self) -> list[str]:
        """Return what the console said since it was last asked."""
        return [entry["message"] for entry in self.driver.get_log("browser")]

    def asked(self) -> list[str]:
        """Return the addresses that were asked for since last time."""
        told = [json.loads(entry["message"])["message"] for entry in self.driver.get_log("performance")]
        urls = [one["params"]["request"]["url"] for one in told if one["method"] == "Network.requestWillBeSent"]
        return [url for url in urls if not url.startswith("chrome")]  # the browser's own first tab

    def axe(self) -> list[str]:
        """Return what axe-core finds wrong with the page as it is shown."""
        if not AXE.is_file():
            pytest.skip("axe-core is not installed: make test-tools")
        self.driver.execute_script(AXE.read_text(encoding="utf-8"))
        code = "const done = arguments[1]; axe.run(document, arguments[0]).then(result => done(result.violations));"
        found = self.driver.execute_async_script(code, {"runOnly": TAGS, "resultTypes": ["violations"]})
        return [f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]]

    def width(self) -> int:
        """Return how wide the page is, with all opened that is folded."""
        self.run("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        return int(self.run("return document.scrollingElement.scrollWidth"))

    def shot(self, name: str) -> None:
        """Keep a picture of the whole page in build/screenshots/."""
        folder = ROOT / "build" / "screenshots"
        folder.mkdir(parents=True, exist_ok=True)
        import base64

        data = self.command("Page.captureScreenshot", format="png", captureBeyondViewport=True)["data"]
        (folder / f"{name}.png").write_bytes(base64.b64decode(data))

    def close(self) -> None:
        self.driver.quit()


def invalid(pages: Iterable[Path], folder: Path) -> str:
    """Return where pages break the HTML standard; a long title is no fault by it. `folder` takes the settings."""
    tool = ROOT / "tests/tools/node_modules/.bin/html-validate"
    if not tool.exists():
        pytest.skip("html-validate is not installed: make test-tools")
    config = folder / "valid.json"
    config.write_text('{"root": true, "extends": ["html-validate:standard"], "rules": {"long-title": "off"}}')
    call = [str(tool), "--config", str(config), *map(str, pages)]
    assert len(call) > 3, "no page"
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    return done.stdout[:4000] + done.stderr[:4000] if done.returncode else ""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: Any) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """Yield the address of a folder's parent, served as plain files; so the folder itself is a sub-path."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
