"""The log of a training run: a row for each epoch, and what follows from its numbers.

What a trainer writes is given; computed are how far training is ahead of what it was not trained
on, the best accuracy so far with its epoch, and how many epochs in a row lie above the target.
Headers are those of plain logs, Keras (``accuracy``, ``val_accuracy``) and PyTorch Lightning
(``train_acc_epoch``, ``val_acc``).
"""

from __future__ import annotations

import random

from sheetprop.maths.trees.expr import Call, Name, Number
from sheetprop.rows.row_lesson import Draw, RowLesson, RowQuantity

EPOCH, RATE, TARGET = "epoch", "rate", "target"
TRAIN, TEST, VALIDATION = "train", "test", "validation"
ACCURACY, LOSS = "accuracy", "loss"
GAP, BEST, BEST_EPOCH, ABOVE = "gap", "best", "best_epoch", "above"
NAME = "training-log"

_SPLITS = {
    TRAIN: r"(?:tr|train(?:ing|ings)?|trng|प्रशिक्षण|ट्रेनिंग)",
    TEST: r"(?:te|tst|test(?:ing)?|eval(?:uation)?|holdout|heldout|टेस्ट)",
    VALIDATION: r"(?:val|valid(?:ation)?|validierungs?|dev|वैलिडेशन)",
}
_METRICS = {
    ACCURACY: r"(?:acc(?:uracy)?|genauigkeit|top1|सटीकता)",
    LOSS: r"(?:loss|verlust|nll|crossentropy|xent|हानि|लॉस)",
}
_END = r"(?:epoch)?(?:in)?[%]?"


def _between(least: float, most: float) -> Draw:
    return lambda chance: chance.uniform(least, most)


def measure(split: str, metric: str) -> str:
    """Return the quantity that a metric is on a split of the data."""
    return f"{split}_{metric}"


def _headers(split: str, metric: str) -> tuple[str, ...]:
    own, what = _SPLITS[split], _METRICS[metric]
    bare = (rf"{what}{_END}",) if split in (TRAIN, TEST) else ()
    return (
        rf"{own}(?:set|data|daten)?{what}{_END}",
        rf"{what}[/(]?{own}(?:set)?\)?{_END}",
        rf"{own}/{what}{_END}",
        *bare,
    )


_MEASURED = tuple(
    RowQuantity(measure(split, metric), _headers(split, metric), draw=_between(0.4, 0.99))
    for split in (TRAIN, TEST, VALIDATION)
    for metric in (LOSS, ACCURACY)
)


def _epoch(chance: random.Random) -> float:
    return float(chance.randrange(1, 60))


_train, _test = Name(measure(TRAIN, ACCURACY)), Name(measure(TEST, ACCURACY))
_best = Name(BEST, -1)
_IN_A_ROW = r"(?:epochs?)?(?:inarow|insequence|streak|hintereinander)"

TRAINING_LOG = RowLesson(
    NAME,
    (
        RowQuantity(
            EPOCH,
            (r"#?(?:epochs?|epoche|epochen|ep|इपॉक|युग)(?:no|nr|number|#)?",),
            draw=_epoch,
        ),
        RowQuantity(RATE, (r"lr\w{0,12}", r"(?:learning|lern)rate"), draw=_between(0.001, 0.1)),
        *_MEASURED,
        RowQuantity(
            TARGET,
            (r"target(?:accuracy|acc)?", r"ziel(?:genauigkeit)?", r"goal"),
            draw=_between(0.5, 0.9),
            is_once=True,
        ),
        RowQuantity(
            GAP,
            (
                r"(?:generali[sz]ation|overfit(?:ting)?|train[/]?test|trainval)?(?:gap|abstand)",
                r"(?:train|tr)(?:acc)?-?(?:test|val)(?:acc)?",
                r"overfit(?:ting)?",
                r"diff(?:erence)?",
            ),
            _train - _test,
        ),
        RowQuantity(
            BEST,
            (r"best(?:acc|accuracy)?(?:sofar)?", r"(?:running|cum)max", r"beste(?:bisher)?"),
            Call("MAX", (_best, _test)),
            first=0.0,
        ),
        RowQuantity(
            BEST_EPOCH,
            (r"best(?:at)?epoch(?:sofar)?", r"epochofbest", r"besteepoche"),
            Call("IF", (Call("GT", (_test, _best)), Name(EPOCH), Name(BEST_EPOCH, -1))),
            first=0.0,
        ),
        RowQuantity(
            ABOVE,
            (rf"above(?:target)?{_IN_A_ROW}?", _IN_A_ROW, r"überdemziel"),
            Call("IF", (Call("GT", (_test, Name(TARGET))), Name(ABOVE, -1) + 1, Number(0.0))),
            first=0.0,
        ),
    ),
    needed=(
        frozenset({EPOCH}),
        frozenset(one.name for one in _MEASURED),
    ),
    texts="log_",
)
