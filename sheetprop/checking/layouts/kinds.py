"""The kinds of lessons whose workbooks are compared cell by cell with the right one."""

from __future__ import annotations

KINDS = ("mnist", "digit-sum", "convolution", "normalisation", "dropout", "attention")
"""As the name in a workbook tells them; what makes the right one is in `known.PATTERNS`."""

WITH_BUGS = frozenset(KINDS) - {"mnist"}
"""Those whose formulas are few enough to look for wrong ones."""

LOGS = "training-log"
"""The kind that is compared where it is worked out; answers of its exercises are judged in rows."""
