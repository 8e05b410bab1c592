"""The words of claims, in the languages that people write them in."""

from __future__ import annotations

import re
from functools import lru_cache

from sheetprop.checking.logs.numbers import NUMBER, PERCENT, WORDS
from sheetprop.rows.training_log import ACCURACY, LOSS, TEST, TRAIN, VALIDATION

_COUNT = rf"(\d+|{'|'.join(WORDS)})"
_LAST = r"(?:last|final|letzten?|अंतिम|आख़िरी)"
_EPOCH = r"(?:epochs?|epochen?|epoche|ep|इपॉक|युग)"

PATTERNS = {
    "value": rf"({NUMBER})\s*({PERCENT})?",
    "epoch": rf"(?:\b{_EPOCH}|@)\.?\s*(?:(?:no\.?|nr\.?|number|#|=|:|is|was|ist|war)\s*)?"
    r"\(?(\d+)\b(?![.,]\d|\s*%)",
    "ordinal": rf"\b(\d+)(?:st|nd|rd|th|\.)\s+{_EPOCH}\b",
    "window": rf"\b{_LAST}\s+{_COUNT}\s+{_EPOCH}\b|\b{_EPOCH}\s+{_LAST}\s+{_COUNT}\b",
    "from": rf"(?:from|since|after|ab|seit|starting (?:at|from|in))\s+{_EPOCH}\s*(\d+)",
    "always": r"\b(?:all|every|each) (?:the )?epochs?\b|\bin allen Epochen\b|\bthroughout\b",
    "epochs": rf"(?<!last )(?<!final )(?<!letzten )\b(\d+)\s+{_EPOCH}\b",
    "best": r"\b(?:best|highest|maximum|max|peak|top|beste[rsn]?|höchste[rsn]?)\b|सर्वोत्तम|सबसे",
    "lowest": r"\b(?:lowest|minimum|min|smallest|kleinste[rsn]?|niedrigste[rsn]?)\b|न्यूनतम",
    "last": rf"\b{_LAST}\b|\bat the end\b|\bam Ende\b|अंत में",
    "above": r"(≥|>=|>|\b(?:above|over|more than|exceed(?:s|ed|ing)?|greater than|beyond|beats?"
    r"|at least|no less than|not below|never below|über|mehr als|mindestens|oberhalb)\b|से ऊपर)",
    "below": r"(≤|<=|<|\b(?:below|under|less than|fewer than|at most|within|no more than|unter"
    r"|weniger als|höchstens|upto|up to)\b|से कम)",
    "gap": r"\b(?:gap|difference|abstand|differenz|overfit(?:s|ting)?(?: by| of)?)\b|अंतर",
    "parameters": r"\b(?:param(?:eter)?s?|parametern?|weights in total)\b|पैरामीटर",
    "reached": r"\b(?:reach(?:es|ed)|hits?|achiev(?:es|ed)|got|gets|attain(?:s|ed)|erreicht)\b",
    "first": r"\b(?:first|erstmals|zuerst)\b",
    "hope": r"\b(?:target|goal|aim|objective|should|must|want|wants|expect(?:ed)?|hope|plan|need"
    r"|needs|require[sd]?|will|would|could|can|may|might|next|try|if|ziel|soll|sollte|wird|wenn"
    r"|allowed|budget|limit|erlaubt\w*)\b|लक्ष्य|चाहिए|अनुमत",
    "doubt": r"\b(?:not|never|no|without|n't|didn|doesn|isn|wasn|nicht|nie|kein[en]*|almost|nearly"
    r"|close to|around|about|approximately|approx|roughly|fast|etwa|ungefähr|rund|previous"
    r"|earlier|before|other|than (?:the )?(?:model|iteration))\b|~|≈|नहीं|लगभग",
    "inclusive": r"^(?:≥|>=|≤|<=|at least|no less than|at most|within|no more than|not below"
    r"|never below|mindestens|höchstens|upto|up to)$",
}
SPLITS = {
    TRAIN: r"\b(?:train(?:ing|ings)?|trainings?\w*)\b|प्रशिक्षण|ट्रेनिंग",
    TEST: r"\btest(?:ing|genauigkeit|verlust)?\b|टेस्ट",
    VALIDATION: r"\b(?:val|valid(?:ation)?|validierungs?\w*|dev)\b|वैलिडेशन",
}
METRICS = {
    ACCURACY: r"\b(?:acc(?:uracy|uracies)?|\w*genauigkeit)\b|सटीकता",
    LOSS: r"\b(?:loss(?:es)?|\w*verlust)\b|हानि",
}


@lru_cache(maxsize=64)
def word(name: str) -> re.Pattern[str]:
    """Return the pattern of a kind of words."""
    return re.compile(PATTERNS[name], re.I)


def named_in(text: str, kinds: dict[str, str]) -> list[str]:
    """Return which of some kinds a text names."""
    plain = text.replace("_", " ")
    return [kind for kind, pattern in kinds.items() if re.search(pattern, plain, re.I)]


def counted(text: str) -> int:
    """Return the number that digits or a word say."""
    return WORDS[text.lower()] if text.lower() in WORDS else int(text)
