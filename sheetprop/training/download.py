"""MNIST from where PyTorch's users have it: torchvision's download, whole or not at all."""

from __future__ import annotations

import contextlib
import errno
import io
import shutil
import socket
from collections.abc import Iterator
from http.client import HTTPException
from pathlib import Path
from typing import Any

from sheetprop.caller import argument
from sheetprop.errors import SheetpropError
from sheetprop.training.idx import has_files
from sheetprop.whole import written_folder

STALLED = 30.0
"""Seconds after which a server that says nothing is given up."""

_OF_THE_DISK = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EACCES, errno.EPERM)


def downloaded(folder: Path) -> Path:
    """Return a folder with the four files of MNIST, downloaded unless they are there already.

    Raises:
        SheetpropError: torchvision is not installed, or the download fails.
        WorkbookError: the folder cannot be written.

    """
    if has_files(folder):
        return folder
    mnist = _torchvisions()
    with written_folder(folder, force=True) as place, _patiently(), _told_as_a_sentence():
        root = place / "whole"
        found = mnist(str(root), download=True)
        for path in Path(found.raw_folder).glob("*.gz"):
            path.replace(place / path.name)
        shutil.rmtree(root)
    return folder


def _torchvisions() -> Any:
    try:
        from torchvision.datasets import MNIST
    except (ImportError, RuntimeError) as error:  # a RuntimeError where it does not fit PyTorch
        raise SheetpropError(
            "downloading MNIST needs torchvision, in the version that goes with PyTorch: "
            f"pip install 'sheetprop[train]', or name a folder with {argument('data')}"
        ) from error
    return MNIST


@contextlib.contextmanager
def _patiently() -> Iterator[None]:
    """Give up a server that stalls, and keep to oneself what torchvision tells on the way."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(STALLED)
    aside = io.StringIO()
    try:
        with contextlib.redirect_stdout(aside), contextlib.redirect_stderr(aside):
            yield
    finally:
        socket.setdefaulttimeout(before)


@contextlib.contextmanager
def _told_as_a_sentence() -> Iterator[None]:
    try:
        yield
    except (OSError, RuntimeError, HTTPException) as error:
        if isinstance(error, OSError) and error.errno in _OF_THE_DISK:
            raise  # about the folder, which is told there
        reason = _reason(error)
        raise SheetpropError(
            f"MNIST cannot be downloaded ({reason}); try again later, or download its four idx "
            f"files and name their folder with {argument('data')}"
        ) from error


def _reason(error: BaseException) -> str:
    """Return what went wrong in one line; of several mirrors, what the first of them said."""
    if isinstance(error, TimeoutError) or "timed out" in str(error):
        return f"the server said nothing for {STALLED:g} seconds"
    _, _, told = str(error).partition("got:\n")
    return " ".join((told.split("\nTried")[0] or str(error) or type(error).__name__).split())
