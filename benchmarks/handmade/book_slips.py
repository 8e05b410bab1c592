"""What is wrong with a workbook beyond its formulas: charts, names of rates, starts, texts."""

from __future__ import annotations

from handmade.cell_slips import right_values
from handmade.drafts import Draft, Key
from handmade.forms import FormGrid
from handmade.slips import Slip

NOWHERE: frozenset[Key] = frozenset()


def _slip(name: str, text: str, severity: str = "warning") -> list[Slip]:
    return [Slip(name, frozenset({name}), severity, NOWHERE, text)]


def wrong_chart(draft: Draft) -> list[Slip]:
    """Let the chart of E_total start late, end early, go on, take the header, or leave it out."""
    has_gaps = draft.layout.separators != "none"
    if isinstance(draft.grids[0], FormGrid) or "E_total" not in draft.grids[0].lines or has_gaps:
        return []
    kind = draft.draw.choice(("late", "early", "beyond", "header", "none", "another"))
    if draft.run.iterations < 10:  # no curve to look at
        return []
    if kind == "header" and draft.layout.under_header != "nothing":
        return []
    draft.chart = kind
    return _slip("no-chart" if kind in ("none", "another") else "chart-range", f"chart {kind}")


def renamed_rate(draft: Draft) -> list[Slip]:
    """Name a sheet after a learning rate that it does not train with."""
    if draft.layout.arrangement != "sheets":
        return []
    grid = draft.grids[0]
    wrong = next(r for r in (0.37, 0.73) if r not in draft.run.rates)
    if grid.rate.cell is not None and grid.rate.cell[0] == grid.sheet and grid.rate.kind == "name":
        return []
    draft.renamed[grid.sheet] = f"{draft.draw.choice(('lr', 'η =', 'LR='))} {wrong:g}"
    return _slip("rate-mismatch", f"{grid.sheet} is named {wrong:g}")


def other_start(draft: Draft) -> list[Slip]:
    """Start one of the runs for several rates from another weight."""
    weights = [w for w in draft.run.network.weights if w in draft.grids[0].lines]
    if len(draft.grids) < 2:
        return []
    name = draft.draw.choice(weights)
    draft.overrides[len(draft.grids) - 1, name, 0] = draft.run.start[name] + 0.0123
    return _slip("different-start", f"{name} starts elsewhere")


def wrong_text(draft: Draft) -> list[Slip]:
    """Write a formula of the lesson out as text, and wrongly."""
    if not draft.run.is_classic:
        return []
    text = draft.draw.choice(
        (
            *("h1 = w1*i1 + w3*i2", "a_h1 = σ(h1) = 1/1+exp(-h1)", "E_total = E1 - E2"),
            *("∂E1/∂a_o1 = t1 - a_o1", "∂a_o1/∂o1 = a_o1*(1+a_o1)", "E1 = ½*(t1 - o1)²"),
            "∂E_total/∂w6 = (a_o1 - t1)*a_o1*(1 - a_o1)*a_h1",
        )
    )
    draft.text = text
    return _slip("wrong-text", text)


def stale_losses(draft: Draft) -> list[Slip]:
    """Paste losses under the label of a rate that gives others."""
    if draft.run.iterations < 6 or isinstance(draft.grids[0], FormGrid):
        return []
    first = right_values(draft, 0)["E_total"][0]
    draft.pasted = [first * (1 - 0.031 * step) for step in draft.steps]
    return _slip("stale-losses", "losses of no run")
