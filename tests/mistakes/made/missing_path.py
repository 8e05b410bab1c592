"""A sample left out of a gradient that adds up what all of them give."""

from __future__ import annotations

from cell_sheets import samples, written
from making import Example

EXAMPLES = [Example("a sample", written(samples("=SUMPRODUCT(K5:K5,G5:G5)")))]
