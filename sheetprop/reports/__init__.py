"""The formats a report can be written in: a dictionary you can read, one file for each."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sheetprop.checking.report import Report
from sheetprop.reports import json, text

FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": text.render,
    "json": json.render,
}
