"""What a browser may do with an answer: load nothing but what lies here, and no style but that of the page itself."""

from __future__ import annotations

import base64
import hashlib
import re

CSP = (
    "default-src 'none'; style-src 'self'{styles}; img-src 'self' data:; script-src 'self'{scripts};"
    " form-action 'self'; base-uri 'none'; frame-ancestors {frames}"
)
_STYLE = re.compile(rb"<style[^>]*>(.*?)</style>", re.DOTALL)


def policy_of(content: bytes = b"", *, runs_queries: bool = False, is_shown_elsewhere: bool = False) -> str:
    """Return the Content-Security-Policy of a page with this content."""
    # By hash and not by 'unsafe-inline': a style that got into a page through its data would not have one of these.
    hashes = {base64.b64encode(hashlib.sha256(style).digest()).decode() for style in _STYLE.findall(content)}
    styles = "".join(f" 'sha256-{each}'" for each in sorted(hashes))
    policy = CSP.format(
        styles=styles,
        scripts=" 'wasm-unsafe-eval'" if runs_queries else "",
        frames="*" if is_shown_elsewhere else "'none'",
    )
    return f"{policy}; worker-src blob:" if runs_queries else policy
