"""The student's loss curve over the right one, drawn as SVG that stands in a page.

The right curve is a broad pale line and the student's a thin dark one above it, so that both are
seen where they agree, and in print without colours.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from sheetprop.checking.report import Picture

WIDTH, HEIGHT = 480, 250
LEFT, RIGHT, TOP, BOTTOM = 62, 468, 30, 210
MOST_POINTS = 300


def curves(picture: Picture, title: str) -> str:
    """Return E_total of both runs as an ``<svg>``, nothing where no number is known.

    `title` is what those hear who do not see it; it must be escaped already.
    """
    both = (*picture.losses, *picture.right_losses)
    known = [loss for loss in both if loss is not None and _is_drawable(loss)]
    if not known or len(picture.losses) < 2:
        return ""
    top = _nice_step(max(known), 1) or 1.0
    last = len(picture.losses) - 1
    return "".join(
        (
            f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{title}">',
            *_axes(top, last),
            _path(picture.right_losses, top, last, "right-run"),
            _path(picture.losses, top, last, "own-run"),
            *_legend(has_right=bool(picture.right_losses)),
            "</svg>",
        )
    )


def _is_drawable(loss: float) -> bool:
    return math.isfinite(loss) and 0 <= loss < 1e100


def _x(step: float, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * step / last


def _y(value: float, top: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / top


def _path(losses: Sequence[float | None], top: float, last: int, name: str) -> str:
    """Return a line through all known points, broken where there are none."""
    stride = max(1, math.ceil(len(losses) / MOST_POINTS))
    steps = sorted({*range(0, len(losses), stride), max(0, len(losses) - 1)}) if losses else []
    commands, is_down = [], False
    for step in steps:
        loss = losses[step]
        if loss is None or not _is_drawable(loss):
            is_down = False
            continue
        commands.append(f"{'L' if is_down else 'M'}{_x(step, last):.1f} {_y(loss, top):.2f}")
        is_down = True
    return f'<path class="{name}" d="{" ".join(commands)}"/>'


def _axes(top: float, last: int) -> Iterator[str]:
    for value in _ticks(top):
        y = _y(value, top)
        yield f'<path class="grid" d="M{LEFT} {y:.1f}H{RIGHT}"/>'
        yield f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{value:.4g}</text>'
    for step in _ticks(last):
        if step == int(step):
            x = _x(step, last)
            yield f'<text x="{x:.1f}" y="{BOTTOM + 18}" text-anchor="middle">{step:g}</text>'
    yield f'<path class="axis" d="M{LEFT} {TOP}V{BOTTOM}H{RIGHT}"/>'
    yield f'<text x="{RIGHT}" y="{HEIGHT - 4}" text-anchor="end">iteration</text>'


def _ticks(largest: float) -> Iterable[float]:
    step = _nice_step(largest, 4)
    return [k * step for k in range(int(largest / step * (1 + 1e-9)) + 1)] if step else [0.0]


def _nice_step(largest: float, parts: int) -> float:
    """Return the least of 1, 2, 2.5, 5 times a power of ten that reaches `largest` in `parts`."""
    if largest <= 0:
        return 0.0
    power = 10.0 ** math.floor(math.log10(largest / parts))
    return next(k * power for k in (1, 2, 2.5, 5, 10) if k * power * parts >= largest * (1 - 1e-9))


def _legend(*, has_right: bool) -> Iterator[str]:
    yield f'<path class="own-run" d="M{LEFT} 14h22"/><text x="{LEFT + 28}" y="18">this sheet</text>'
    if has_right:
        x = LEFT + 110
        yield f'<path class="right-run" d="M{x} 14h22"/><text x="{x + 28}" y="18">right run</text>'
