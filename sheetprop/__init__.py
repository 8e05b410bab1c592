"""sheetprop makes Excel workbooks that teach backpropagation, and verifies workbooks people made.

Each function here does what the command of the same name does, with the same arguments. The
libraries a function needs are imported when it is called, so that importing sheetprop is quick.

What goes wrong is raised as a `SheetpropError`: a `SpecError` for a template or an argument, a
`WorkbookError` for a file, a `LayoutError` for a workbook that no spreadsheet has room for, a
`FormulaError` for a formula. What is wrong *in* a student's workbook is never raised: it is a
`Finding` of its `Report`.
"""

# Nothing of the standard library is imported here: under ``python -m sheetprop`` it might come from
# the current folder, which is taken off the path only afterwards.

from sheetprop.front.version import __version__ as __version__

TYPE_CHECKING = False  # the library of types takes longer to import than all that stands here
if TYPE_CHECKING:
    from sheetprop.checking.report import Finding, Report
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


_PLACES = {
    "Finding": "checking.report",
    "Report": "checking.report",
    "build": "front.building",
    "build_class": "front.classes",
    "check": "front.checking",
    "explain": "front.checking",
    "grade": "front.classes",
    "templates": "front.numbers",
    "trace": "front.numbers",
    "train": "front.numbers",
    "why": "front.checking",
}
"""Where a name of `__all__` stands that is none of `errors`."""


def __getattr__(name: str) -> object:
    """Import what is given out here when it is asked for."""
    if name not in __all__:
        raise AttributeError(f"module 'sheetprop' has no attribute {name!r}")
    from importlib import import_module

    found: object = getattr(import_module(f"sheetprop.{_PLACES.get(name, 'errors')}"), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
