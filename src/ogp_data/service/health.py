"""What is served -> how it is, for a monitor."""

from __future__ import annotations

import json

from starlette.requests import Request
from starlette.responses import Response

from ogp_data.service.answers import respond
from ogp_data.service.snapshot import Published


def health(request: Request, published: Published) -> Response:
    """Return what is served, and what is wrong: 503 when nothing can be."""
    status = "ok" if not published.faults else "degraded" if published.publications else "unavailable"
    if not published.publications:
        status = "unavailable"
    told = {
        "status": status,
        "publications": [
            {
                "id": s.id,
                "version": s.version,
                "build": s.build,
                "files": len(s.files),
                "datasets": len(s.datasets),
                "stale": s.id in published.stale,
            }
            for s in published.publications.values()
        ],
        "faults": [{"publication": name or None, "detail": text} for name, text in published.faults.items()],
    }
    # A monitor has to see the state of now, and not what a proxy remembers of a minute ago.
    headers = {"Content-Type": "application/json", "Cache-Control": "no-store"}
    body = (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()
    return respond(request, body, headers, 503 if status == "unavailable" else 200)
