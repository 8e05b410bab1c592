"""SP502: no chart shows the loss."""

from __future__ import annotations

from collections.abc import Iterator

from sheetprop.mistakes.base import Mistake, Scene
from sheetprop.mistakes.charts.shown import any_loss, tables_with_losses
from sheetprop.mistakes.finding import Draft, Place
from sheetprop.mistakes.words import Case

NONE = Case(
    "none",
    "No chart shows E_total over the iterations.",
    "Whether this network learns, how fast, and what the learning rate does to that, is seen at a "
    "glance in the curve of E_total. Make a line chart of {range}.",
)


SHORTEST_CURVE = 10
"""With fewer iterations there is no curve to look at, and no chart is missed."""


def _rule(scene: Scene) -> Iterator[Draft]:
    """Yield that no chart shows E_total; what a file of OpenDocument shows is not read."""
    tables = tables_with_losses(scene.judgements)
    if not tables or scene.file.lower().endswith(".ods"):
        return
    longest = max(tables, key=lambda table: table.iterations)
    if longest.iterations < SHORTEST_CURVE or any_loss(scene):
        return
    place = Place(longest.sheet, longest.range_text("E_total"), "E_total")
    yield NO_CHART.found(NONE, (place,), {"range": f"{longest.sheet.strip()}!{place.range}"})


NO_CHART = Mistake(
    code="SP502",
    name="no-chart",
    summary="no chart of E_total",
    explanation=(
        "Whether a network learns, and how the learning rate changes that, is seen in the curve of "
        "E_total over the iterations."
    ),
    wrong="no chart",
    right="a line chart of E_total over all iterations",
    cases=(NONE,),
    severity="warning",
    rule=_rule,
)
