"""What is said of a training run that its own numbers contradict."""

from __future__ import annotations

from claims import layers, log
from making import Example

SAID = (2, 1)
LABEL, VALUE = (2, 6), (2, 7)
TEXTS = {
    "best": ("best test accuracy 99.34 % in epoch 9", "best test accuracy 99.43 % in epoch 9"),
    "epoch": ("best test accuracy 99.43 % in epoch 8", "best test accuracy 99.43 % in epoch 9"),
    "last": ("final test accuracy 99.43 %", "final test accuracy 99.38 %"),
    "value": ("test accuracy 99.34 % in epoch 8", "test accuracy 99.31 % in epoch 8"),
    "not above": (
        "consistently above 99.4 % in the last three epochs",
        "consistently above 99.3 % in the last three epochs",
    ),
    "gap": ("train and test accuracy: a gap of 0.41 %", "train and test accuracy: a gap of 0.14 %"),
    "epochs": ("trained for 12 epochs", "trained for 10 epochs"),
}
EXAMPLES = [
    *(Example(case, log({SAID: w}), mended=log({SAID: r})) for case, (w, r) in TEXTS.items()),
    Example(
        "lowest",
        log({LABEL: "min of last 3 epochs", VALUE: 99.38}),
        mended=log({LABEL: "min of last 3 epochs", VALUE: 99.31}),
    ),
    Example(
        "parameters",
        log({SAID: "980 parameters"}, sheets=(layers(990),)),
        mended=log({SAID: "990 parameters"}, sheets=(layers(990),)),
    ),
    Example(
        "budget",
        log({SAID: "fewer than 900 parameters"}, sheets=(layers(990),)),
        mended=log({SAID: "fewer than 1,000 parameters"}, sheets=(layers(990),)),
    ),
    Example(
        "formula",
        log({LABEL: "best test accuracy", VALUE: "=MAX(D7:D15)"}),
        mended=log({LABEL: "best test accuracy", VALUE: "=MAX(D7:D16)"}),
    ),
    Example(
        "counted from one",
        log({SAID: "best test accuracy 99.43 % in epoch 9"}, first=0),
        mended=log({SAID: "best test accuracy 99.43 % in epoch 8"}, first=0),
    ),
]
