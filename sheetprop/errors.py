"""Every exception sheetprop raises on purpose, each with one sentence for the person who meets it.

A student's mistake is a finding, never an exception; a file that cannot be read is an exception,
never a finding. Each exception keeps its facts as attributes.
"""

from __future__ import annotations

from pathlib import Path


class SheetpropError(Exception):
    """Base of all: ``str(error)`` says what is wrong, where, and what to do."""


class SpecError(SheetpropError):
    """A template, or a value given instead of one of its values, cannot be used.

    Attributes: `source` the file or option, `key` the key in it (or None), `problem` what is wrong,
    `line` where the key stands in the file (None where it does not, or nobody looked).
    """

    def __init__(
        self, source: str | Path, key: str | None, problem: str, line: int | None = None
    ) -> None:
        self.source = str(source)
        self.key = key
        self.problem = problem
        self.line = line
        where = f"{source}: {key}" if key else str(source)
        where += f" (line {line})" if line else ""
        super().__init__(f"{where}: {problem}")


class WorkbookError(SheetpropError):
    """A workbook cannot be read or written.

    Attributes: `file` its path, `reason` why not and what to do.
    """

    def __init__(self, file: str | Path, reason: str) -> None:
        self.file = Path(file)
        self.reason = reason
        super().__init__(f"{file}: {reason}")


class LayoutError(SheetpropError):
    """The workbook asked for does not fit into a spreadsheet.

    Attributes: `limit` the largest that fits, `wanted` what was asked for.
    """

    def __init__(self, problem: str, *, wanted: int, limit: int) -> None:
        self.wanted = wanted
        self.limit = limit
        super().__init__(problem)


class FormulaError(SheetpropError):
    """A formula cannot be turned into a tree.

    Attributes: `formula` its text, `reason` why not.
    """

    def __init__(self, formula: str, reason: str) -> None:
        self.formula = formula
        self.reason = reason
        super().__init__(f"{formula}: {reason}")


class FormulaSyntaxError(FormulaError):
    """The text is no Excel formula."""


class UnsupportedFunction(FormulaError):  # noqa: N818 - the condition is the name people know
    """The formula calls a function that cannot be evaluated here.

    Attributes: `function` its name, besides those of `FormulaError`.
    """

    def __init__(self, formula: str, function: str) -> None:
        self.function = function
        super().__init__(formula, f"the function {function} cannot be evaluated")
