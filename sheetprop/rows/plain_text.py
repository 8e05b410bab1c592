"""A header's text without what people vary: style, case, blanks, look-alikes."""

from __future__ import annotations

import re
import unicodedata

# Letters that stand for a partial derivative sign once the text is normalised and lower-cased.
_DERIVATIVE_SIGNS = dict.fromkeys(map(ord, "∂ðδәəⅾ𝟃∆Δ"), "d")
_GREEK = {ord("σ"): "sigma", ord("ς"): "sigma", ord("η"): "eta", ord("μ"): "mu", ord("λ"): "lambda"}
_NOISE = re.compile(r"^['’]|[\s_\-.*\[\]{}:$\\]+")  # but not a prime: w1' is the new weight


def plain(text: str) -> str:
    """Return the text in small letters, without blanks and signs of style."""
    text = text.translate(_DERIVATIVE_SIGNS)  # before NFKC, which knows some of them by other names
    text = unicodedata.normalize("NFKC", text).lower()
    text = text.translate(_DERIVATIVE_SIGNS).translate(_GREEK)
    return _NOISE.sub("", text)
