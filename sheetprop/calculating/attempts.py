"""How the engine is made, what it calculates, and what keeps its stored value until it succeeds."""

from __future__ import annotations

import re
from typing import Any

from sheetprop.calculating.array_functions import functions_for
from sheetprop.calculating.engine_values import UNKNOWN_ERROR
from sheetprop.calculating.patience import CLOCK_MILLISECONDS
from sheetprop.lazily.patterns import pattern
from sheetprop.workbooks.sheet import Cell, ExcelError, Value, Workbook

# What lies outside the workbook, or is made by a command, has only its stored value.
OUTSIDE = pattern(r"\[\d+\]|\[[^\[\]]{0,255}\.xl\w{1,4}\]|^=TABLE\(", re.I)
# What these refer to is known only once it is calculated; the engine gives up on some of them.
DYNAMIC = pattern(OUTSIDE.pattern + r"|\b(?:OFFSET|INDIRECT)\(", re.I)
# Whole columns and rows outside of a sum or the like would fill a million cells.
ENDLESS = pattern(DYNAMIC.pattern + r"|\b[A-Z]{1,3}:\$?[A-Z]{1,3}\b|\b\d+:\$?\d+\b|[{#]", re.I)
KEPT_REASON = "it refers to what cannot be found here; the stored value is kept"

ATTEMPTS = ((OUTSIDE, False), (OUTSIDE, True), (DYNAMIC, True), (ENDLESS, True))
"""What keeps its stored value, and whether formulas are taken one by one: until it succeeds."""


def new_engine(workbook: Workbook, careful: bool) -> Any:
    """Make an engine with the functions that the formulas need and it lacks.

    Parallel evaluation is slower on the few cells of a class workbook. The careful mode takes
    formulas one by one: four times slower, but it tells which one it refuses. Nothing is undone
    here, so no log of changes is kept.
    """
    import formualizer as fz

    config = fz.EvaluationConfig()
    config.enable_parallel = False
    config.max_eval_time_ms = CLOCK_MILLISECONDS
    mode = fz.WorkbookMode.Ephemeral if careful else fz.WorkbookMode.Interactive
    settings = fz.WorkbookConfig(mode=mode, eval_config=config, enable_changelog=False)
    engine = fz.Workbook(config=settings)
    engine.set_temporal_egress("serial")
    formulas = (c.formula for s in workbook.sheets for c in s.cells.values() if c.formula)
    for name, function, arguments in functions_for(formulas):
        engine.register_function(
            name, function, min_args=arguments, max_args=arguments, allow_override_builtin=True
        )
    return engine


def may_keep(formulas: str, kept: re.Pattern[str]) -> bool:
    """Whether one of many formulas, each on a line, may keep its stored value: a quick look."""
    return kept is not OUTSIDE or "[" in formulas or "\n=TABLE(" in f"\n{formulas}"


def is_kept(formula: str, kept: re.Pattern[str]) -> bool:
    """Whether a formula keeps its stored value in an attempt, where a pattern is `kept`."""
    if kept is OUTSIDE and "[" not in formula and not formula.startswith("=TABLE("):
        return False  # the pattern takes as long as all the rest of loading
    return kept.search(formula) is not None


def value_instead(cell: Cell, reason: str) -> Value:
    """Choose what a cell shows whose formula cannot be calculated here."""
    if "#CIRC!" in reason:
        return ExcelError("#CIRC!")
    is_too_much = "limit" in reason or "too deep" in reason
    return cell.value if is_too_much else ExcelError(UNKNOWN_ERROR)
