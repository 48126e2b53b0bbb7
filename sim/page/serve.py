"""Serve the built page on this computer alone.

Python's own http.server is enough for a folder of files. A request for another host name gets an error, so that a
foreign page whose name resolves to this computer (DNS rebinding) reads nothing.
"""

import errno
import sys
from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from host_tools.data_folders import IS_CHECKOUT
from host_tools.errors import InstepError

HOST = "127.0.0.1"
_NAMES = (HOST, "localhost")

# Scripts, styles and data may come from this server only. The one exception for evaluated code is WebAssembly.
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self' 'wasm-unsafe-eval'",
        "style-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    )
)
# Message and advice where there is no page: in a checkout, and in an installed Instep.
_NOT_BUILT = ("The page has not been built yet.", "Build it: make page")
_NOT_CARRIED = (
    "This Instep was installed without the page.",
    "Build it where the sources are, with make page, and install Instep from there again, as in: pip install .",
)

_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_TYPES = {
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".wasm": "application/wasm",
    ".json": "application/json",
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


class _Handler(SimpleHTTPRequestHandler):
    """Answer GET and HEAD with a file of the folder, and everything else with an error."""

    extensions_map = _TYPES | {"": "application/octet-stream"}
    server_version = "Instep"
    sys_version = ""

    def send_head(self) -> Any:
        """Begin an answer; refuse a request for another host."""
        if self.headers.get("Host", "") not in self.server.names:  # type: ignore[attr-defined] # of PageServer
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST, "This server answers to its own name only")
            return None
        inside = Path(self.directory).resolve()
        path = Path(self.translate_path(self.path)).resolve()
        if path != inside and inside not in path.parents:
            self.send_error(HTTPStatus.NOT_FOUND)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        """Show no folder's content."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """Add the headers of every answer."""
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Print nothing: a person at the page does not read the terminal."""


class PageServer(ThreadingHTTPServer):
    """Serve `folder` on the loopback address; port 0 is any free one. Raise InstepError if it cannot listen."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        if not (folder / "index.html").is_file():
            raise InstepError(*(_NOT_BUILT if IS_CHECKOUT else _NOT_CARRIED))
        try:
            super().__init__((HOST, port), partial(_Handler, directory=str(folder)))
        except OSError as error:
            raise _cannot_listen(port, error) from None
        self.names = frozenset(f"{name}:{self.server_port}" for name in _NAMES)

    @property
    def url(self) -> str:
        """Return the address for the browser."""
        return f"http://{HOST}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Ignore a browser that has closed the connection; report every other error."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _cannot_listen(port: int, error: OSError) -> InstepError:
    advice = "Give another port: instep page --port N"
    if error.errno == errno.EADDRINUSE:
        return InstepError(f"Port {port} is taken by another program, perhaps by another `instep page`.", advice)
    if error.errno == errno.EACCES:
        return InstepError(f"Port {port} is not for everybody's programs.", advice)
    return InstepError(f"Port {port} cannot be listened at: {error.strerror}.", advice)
