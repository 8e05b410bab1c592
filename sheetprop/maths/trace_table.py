"""The trace of a lesson as one table, for whoever goes on with it in pandas."""

from __future__ import annotations

import numpy as np
import pandas as pd

from sheetprop.maths.network import Network
from sheetprop.maths.trace import run
from sheetprop.spec import Spec


def trace_table(spec: Spec) -> pd.DataFrame:
    """Return every quantity of every iteration: a row for each rate and iteration, in this order.

    The columns are ``learning_rate``, ``iteration``, then one for each quantity, as in a worksheet.
    """
    result = run(spec, spec.learning_rates, spec.iterations)
    columns = {
        "learning_rate": np.repeat(spec.learning_rates, spec.iterations),
        "iteration": np.tile(np.arange(spec.iterations), len(spec.learning_rates)),
    }
    quantities = {q: result.values[q].ravel() for q in Network(spec.architecture).quantities}
    return pd.DataFrame(columns | quantities)
