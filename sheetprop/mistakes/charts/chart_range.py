"""SP501: a chart of the loss that misses points or shows other cells."""

from __future__ import annotations

from sheetprop.mistakes.base import Mistake

CHART_RANGE = Mistake(
    code="SP501",
    name="chart-range",
    summary="the chart misses points, starts late or includes other cells",
    explanation=(
        "A chart shows the cells it was given when it was made. Rows added later, or a header "
        "taken for a number, bend the curve: check that it goes from the first iteration to the "
        "last."
    ),
    wrong="Sheet1!$W$34:$W$100 for E_total in W33:W132",
    right="Sheet1!$W$33:$W$132",
)
