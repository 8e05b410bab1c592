"""Bars as SVG that stands in a page, with every number beside its bar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sheetprop.reports.page.escape import esc

WIDTH, HEIGHT, LEFT, TOP, BOTTOM = 640, 260, 36, 16, 216
LABELS, ROW = 300, 26
LONGEST_LABEL = 44

Bar = tuple[str, float, str]
"""What a bar is about, how long it is, and the text at its end."""


def columns(bars: Sequence[Bar], title: str, below: str) -> str:
    """Return upright bars, for a distribution; `title` is for those who do not see them."""
    return "".join(_columns(bars, title, below)) if bars else ""


def _columns(bars: Sequence[Bar], title: str, below: str) -> Iterator[str]:
    yield f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{esc(title)}">'
    top = max(value for _, value, _ in bars) or 1.0
    step = (WIDTH - LEFT) / len(bars)
    for k, (label, value, told) in enumerate(bars):
        x, height = LEFT + k * step, (BOTTOM - TOP - 18) * value / top
        middle = x + step / 2
        yield f'<rect x="{x + 3:.1f}" y="{BOTTOM - height:.1f}" width="{step - 6:.1f}" '
        yield f'height="{height:.1f}"/>'
        if value:
            yield _text(middle, BOTTOM - height - 5, told, "middle")
        yield _text(middle, BOTTOM + 17, label, "middle")
    yield f'<path class="axis" d="M{LEFT} {BOTTOM}H{WIDTH}"/>'
    yield _text((LEFT + WIDTH) / 2, HEIGHT - 6, below, "middle")
    yield "</svg>"


def rows(bars: Sequence[Bar], title: str) -> str:
    """Return lying bars, for a ranking."""
    return "".join(_rows(bars, title)) if bars else ""


def _rows(bars: Sequence[Bar], title: str) -> Iterator[str]:
    height = ROW * len(bars) + 8
    yield f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{esc(title)}">'
    top = max(value for _, value, _ in bars) or 1.0
    longest = WIDTH - LABELS - 70
    for k, (label, value, told) in enumerate(bars):
        y, length = 4 + k * ROW, longest * value / top
        short = label if len(label) <= LONGEST_LABEL else f"{label[: LONGEST_LABEL - 1]}…"
        yield _text(LABELS - 8, y + 16, short, "end")
        yield f'<rect x="{LABELS}" y="{y + 3}" width="{length:.1f}" height="{ROW - 8}"/>'
        yield _text(LABELS + length + 6, y + 16, told, "start")
    yield "</svg>"


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{esc(text)}</text>'
