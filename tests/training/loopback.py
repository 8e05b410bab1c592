"""A server on loopback that has made files of MNIST, and what asks it as torchvision does."""

from __future__ import annotations

import gc
import gzip
import hashlib
import os
import signal
import sys
import threading
import urllib.error
import urllib.request
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

Answer = Callable[[BaseHTTPRequestHandler, bytes], None]

stopped = threading.Event()
"""Set when a test is over: a server that stalls goes on then."""


def whole(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Answer with the file."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    if handler.command == "GET":
        handler.wfile.write(content)


def failing(code: int) -> Answer:
    """Return what answers with an error."""
    return lambda handler, _: handler.send_error(code)


def broken(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Answer with half of the file that was announced, and hang up."""
    whole(handler, content[: len(content) // 2])


def stalling(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Answer with half of the file, and say nothing more."""
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(content)))
    handler.end_headers()
    handler.wfile.write(content[: len(content) // 2])
    handler.wfile.flush()
    stopped.wait(20)


def interrupting(handler: BaseHTTPRequestHandler, content: bytes) -> None:
    """Press Ctrl+C while half of the file is there."""
    os.kill(os.getpid(), signal.SIGINT)
    stalling(handler, content)


@contextmanager
def served(folder: Path, answer: Answer, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Serve the gzipped files of a folder where torchvision looks for those of MNIST."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = folder / self.path.strip("/")
            # The second file is the one in question: the first is there by then.
            (answer if "labels" in path.name else whole)(self, path.read_bytes())

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    stopped.clear()
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    names = sorted(path.name for path in folder.glob("*.gz"))
    sums = [hashlib.md5((folder / name).read_bytes()).hexdigest() for name in names]
    mnist = torchvisions(monkeypatch)
    monkeypatch.setattr(mnist, "mirrors", [f"http://127.0.0.1:{server.server_port}/"])
    monkeypatch.setattr(mnist, "resources", list(zip(names, sums, strict=True))[::-1])
    try:
        yield
    finally:
        stopped.set()
        server.shutdown()
        server.server_close()
        forgotten()


def forgotten() -> None:
    """Let go what those who asked have left open, so that no later test is told of it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()


def torchvisions(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return torchvision's MNIST; where it is not installed, one that goes the same ways."""
    try:
        from torchvision.datasets import MNIST
    except (ImportError, RuntimeError):
        monkeypatch.setitem(sys.modules, "torchvision", ModuleType("torchvision"))
        datasets = ModuleType("torchvision.datasets")
        datasets.MNIST = StandIn  # type: ignore[attr-defined]
        monkeypatch.setitem(sys.modules, "torchvision.datasets", datasets)
        return StandIn
    return MNIST


class StandIn:
    """Downloads file by file into a folder of its own, as torchvision does: straight to its place.

    Sums that differ are a RuntimeError, and so is what no mirror has; a stall is an OSError.
    """

    mirrors: tuple[str, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()

    def __init__(self, root: str, *, download: bool) -> None:
        assert download
        self.raw_folder = str(Path(root) / "MNIST" / "raw")
        Path(self.raw_folder).mkdir(parents=True)
        for name, digest in self.resources:
            path = Path(self.raw_folder) / name
            try:
                self._fetch(f"{self.mirrors[0]}{name}", path, digest)
            except (RuntimeError, urllib.error.URLError) as error:
                if isinstance(error, urllib.error.HTTPError):
                    error.close()  # it holds the answer, and with it a socket
                tried = f"Tried {self.mirrors[0]}, got:\n{error}\n"
                raise RuntimeError(f"Error downloading {name}:\n{tried}") from error
            path.with_suffix("").write_bytes(gzip.decompress(path.read_bytes()))

    def _fetch(self, url: str, path: Path, digest: str) -> None:
        sys.stderr.write(f"100% of {url}\n")
        with urllib.request.urlopen(url) as response, path.open("wb") as file:
            while piece := response.read(64):
                file.write(piece)
        if hashlib.md5(path.read_bytes()).hexdigest() != digest:
            raise RuntimeError("File not found or corrupted.")
