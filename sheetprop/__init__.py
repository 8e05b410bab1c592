"""sheetprop makes Excel workbooks that teach backpropagation, and verifies workbooks people made.

Each function here does what the command of the same name does, with the same arguments. The
libraries a function needs are imported when it is called, so that importing sheetprop is quick.

What goes wrong is raised as a `SheetpropError`: a `SpecError` for a template or an argument, a
`WorkbookError` for a file, a `LayoutError` for a workbook that no spreadsheet has room for, a
`FormulaError` for a formula. What is wrong *in* a student's workbook is never raised: it is a
`Finding` of its `Report`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sheetprop.errors import (
    FormulaError,
    FormulaSyntaxError,
    LayoutError,
    SheetpropError,
    SpecError,
    UnsupportedFunction,
    WorkbookError,
)
from sheetprop.front.building import build
from sheetprop.front.checking import check, explain, why
from sheetprop.front.classes import build_class, grade
from sheetprop.front.numbers import templates, trace, train
from sheetprop.front.version import __version__ as __version__

if TYPE_CHECKING:
    from sheetprop.checking.report import Finding, Report

__all__ = [
    "Finding",
    "FormulaError",
    "FormulaSyntaxError",
    "LayoutError",
    "Report",
    "SheetpropError",
    "SpecError",
    "UnsupportedFunction",
    "WorkbookError",
    "build",
    "build_class",
    "check",
    "explain",
    "grade",
    "templates",
    "trace",
    "train",
    "why",
]


def __getattr__(name: str) -> Any:
    """Import the types of a report, and with them all of checking, when they are asked for."""
    if name in ("Finding", "Report"):
        from sheetprop.checking import report

        return getattr(report, name)
    raise AttributeError(f"module 'sheetprop' has no attribute {name!r}")
