"""What is calculated without a workbook: runs in NumPy, and training on digits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sheetprop.caller import argument

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    import pandas as pd

    from sheetprop.spec import Spec


def templates() -> dict[str, str]:
    """Return the lessons there are: the name of each shipped template, and what it is about."""
    from sheetprop.front.described import describe

    return describe()


def trace(
    template: Spec | str | Path = "classic",
    learning_rates: Sequence[float] | None = None,
    iterations: int | None = None,
) -> pd.DataFrame:
    """Run gradient descent in NumPy and return every quantity of every iteration as a table.

    Args:
        template: the name of a shipped lesson, the path of a TOML file, or a `Spec`.
        learning_rates: the rates η; the template's when left out. One given twice is run once.
        iterations: rows for each rate, the start included; the template's when left out.

    Returns:
        One row for each rate and iteration, in this order. The columns are ``learning_rate``,
        ``iteration`` (0 is the start, before any update), then one for each quantity, named and
        ordered as in a worksheet (``t1``, ``i1``, ``w1``, ``h1``, ``a_h1`` … ``dE/dw1`` …). All
        numbers are pure, without units. A run that diverges holds inf and nan.

    Raises:
        SpecError: the template, a rate or the number of iterations cannot be used.

    """
    from sheetprop.maths.trace_table import trace_table
    from sheetprop.template import lesson

    return trace_table(lesson(template, learning_rates, iterations))


def train(
    subject: str = "mnist",
    *,
    network: str | None = None,
    data: str | Path | None = None,
    epochs: int | None = None,
    seed: int | None = None,
    output: str | Path | None = None,
    force: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Path:
    """Train a network that reads handwritten digits, and return the path of its weights.

    Weights (``standard.safetensors``) and the log of the run (``.json``, its epochs as ``.csv``)
    are written when all is done; a run that was interrupted goes on where its last epoch ended,
    when it is begun again in the same folder. One image in twelve of the training images is kept
    for validation; the test images are looked at once, at the end. A GPU is used where there is
    one.

    Args:
        subject: what is learned: ``mnist``; ``digit-sum``, the two layers that add a number to the
            digit that a network reads; or ``nine-iterations``, nine networks one after another,
            each with one thing changed.
        network: ``standard`` (12,210 parameters; when left out), ``light`` (5,324) or ``course``
            (7,934, kernels of 3 × 3 and 1 × 1 only); of ``digit-sum`` the one that reads.
        data: a folder with the four idx files of MNIST, gzipped or not; when left out, torchvision
            downloads them into the folder ``mnist`` in the output, where they are not there yet.
        epochs: passes over the training images; when left out, as many as the recipe has, which is
            less than 20.
        seed: the same seed gives the same result on one machine; 1 when left out.
        output: the folder to write into; ``output/`` in the current folder when left out.
        force: whether files that exist are overwritten.
        progress: is called from time to time with how many batches are done, and how many there
            are.

    Raises:
        SpecError: the subject, the network, the epochs or the seed cannot be used.
        SheetpropError: PyTorch is not installed, a file of the data is missing or damaged, or the
            download fails.
        WorkbookError: a file exists and `force` is not given, or it cannot be written.

    """
    from pathlib import Path

    from sheetprop import validate
    from sheetprop.destination import DEFAULT_FOLDER
    from sheetprop.training.subjects import SUBJECTS

    with validate.blaming(argument("subject"), None):
        validate.one_of(tuple(SUBJECTS))(subject)
    with validate.blaming(argument("epochs"), None):
        passes = None if epochs is None else validate.whole_number(epochs)
    with validate.blaming(argument("seed"), None):
        number = 1 if seed is None else validate.seed(seed)
    folder = Path(DEFAULT_FOLDER if output is None else output)
    named = None if data is None else Path(data)
    return SUBJECTS[subject](
        network, named, folder, epochs=passes, seed=number, force=force, progress=progress
    )
