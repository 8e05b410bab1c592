"""What a schedule of learning rates is given once: its spellings, and what it may be."""

from __future__ import annotations

from sheetprop.rows.row_lesson import Draw, RowQuantity

EPOCH, LARGEST, LEAST, GAMMA, EVERY, LENGTH = "epoch", "start", "least", "gamma", "every", "length"
WARM, PEAK, POWER, FIRST, WIDTH = "warm", "peak", "power", "first", "width"
DIV, FINAL, PART = "div", "final div", "part"
RATE = r"(?:lr|learningrate|lernrate|eta|η|rate|alpha|α)"


def between(low: float, high: float) -> Draw:
    """Return what draws any number between two."""
    return lambda chance: chance.uniform(low, high)


def _whole(low: int, high: int) -> Draw:
    return lambda chance: float(chance.randrange(low, high))


GIVEN_ONCE = (
    RowQuantity(
        LARGEST,
        (rf"(?:initial|base|start|max|peak|anfangs)?{RATE}(?:0|max|peak|start|anfang)?", "η0"),
        None,
        between(1.0, 3.0),
        is_once=True,
    ),
    RowQuantity(
        LEAST,
        (rf"(?:min|final|end){RATE}", rf"{RATE}(?:min|final|end)"),
        None,
        between(0.01, 0.5),
        default=0.0,
        is_once=True,
    ),
    RowQuantity(
        GAMMA,
        (r"gamma|γ|k|drop(?:rate|factor)?|decay(?:rate|factor)?|factor|faktor",),
        None,
        between(0.3, 0.9),
        is_once=True,
    ),
    RowQuantity(
        EVERY,
        (r"(?:step|drop)(?:size|every|length)|epochsperdrop|every|schrittlänge",),
        None,
        _whole(2, 6),
        is_once=True,
    ),
    RowQuantity(
        LENGTH,
        (r"tmax|t|(?:total|max)?(?:epochs|steps|iterations)|total|epochen",),
        None,
        _whole(30, 60),
        is_once=True,
    ),
    RowQuantity(
        WARM,
        (r"warmup(?:steps|epochs|iter(?:ation)?s|length|period)?|aufwärm(?:schritte|epochen)",),
        None,
        _whole(4, 9),
        is_once=True,
    ),
    RowQuantity(
        PEAK,
        (r"peak(?:step|epoch|iteration|at)?|(?:up|rise|warmup)(?:steps|epochs|iterations)",),
        None,
        _whole(6, 13),
        is_once=True,
    ),
    RowQuantity(POWER, (r"power|exponent|p",), None, between(1.2, 3.0), is_once=True),
    RowQuantity(
        FIRST,
        (rf"(?:min|start|initial|base|low(?:er)?){RATE}", rf"{RATE}(?:min|start|base)"),
        None,
        between(0.1, 0.5),
        is_once=True,
    ),
    RowQuantity(
        WIDTH,
        (r"dmodel|(?:step|half|cycle)(?:size|length|cycle)|width",),
        None,
        _whole(4, 11),
        is_once=True,
    ),
    RowQuantity(DIV, (r"div(?:factor)?",), None, between(2.0, 30.0), is_once=True),
    RowQuantity(FINAL, (r"finaldiv(?:factor)?",), None, between(5.0, 90.0), is_once=True),
    RowQuantity(PART, (r"pctstart|part|share",), None, between(0.25, 0.45), is_once=True),
)
"""Each by the name that the trees of schedules have for it."""
