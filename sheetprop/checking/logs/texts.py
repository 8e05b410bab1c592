"""The claims in a sentence: piece by piece, each with one number and what it is said of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sheetprop.checking.logs.claims import (
    ABOVE,
    AT,
    BEST,
    BUDGET,
    EPOCHS,
    GAP,
    LAST,
    PARAMETERS,
    REACHED,
    Claim,
)
from sheetprop.checking.logs.numbers import NUMBER, Said, said
from sheetprop.checking.logs.words import METRICS, SPLITS, counted, named_in, word
from sheetprop.rows.training_log import ACCURACY, LOSS

LONGEST, MOST_PIECES = 2_000, 60

_BLANKS = re.compile(r"[^\S\n]+")
"""What stands for one blank: the patterns below count on it."""

_SENTENCE = re.compile(
    r"[\n;।]|(?<=[^\d\s])\.(?=\s|$)|(?<=\d)\.(?=\s+[A-ZÄÖÜ]|$)|(?<=[%)])\.(?=\s|$)"
)
_PIECE = re.compile(
    r",(?=\s+(?!\d)(?!(?:in|at|im|bei)\s+(?:the\s+)?(?:epoch|ep\b|Epoche))(?!@))"
    r"|\s(?:and|und|but|with|mit|aber|while|vs\.?|versus|और|पर)\s"
    r"(?!(?:in|at|im)\s+(?:epoch|Epoche))",
    re.I,
)
_BOTH = re.compile(
    r"\b(train\w*|test\w*|val\w*|accuracy|प्रशिक्षण|टेस्ट)\s+(?:and|und|versus|vs\.?|और)\s+"
    r"(?=(?:the\s+)?(?:train|test|val|प्रशिक्षण|टेस्ट))",
    re.I,
)
_KIND_OF = r"(?:(?:more|fewer|less|extra|additional|mehr|weniger|zusätzliche)\b|ज़्यादा|अधिक|कम)"
_PARAMETERS = (
    re.compile(rf"({NUMBER}) ?([kKmM]\b)? ?(?:\w+ )?(?:param(?:eter)?s?\b|पैरामीटर)", re.I),
    re.compile(rf"(?:param(?:eter)?s?|पैरामीटर)\b[^\d.;,]{{0,24}}?({NUMBER}) ?([kKmM]\b)?", re.I),
)
_DIFFERENCE = (
    re.compile(
        r"(?:\b(?:by|um|adds?|added|adding|saves?|saved|saving|another|further|extra|additional"
        r"|weitere|zusätzliche)|[+\N{MINUS SIGN}]) ?$",
        re.I,
    ),
    re.compile(
        rf" ?[kKmM]? ?(?:{_KIND_OF} )?(?:param(?:eter)?s?|पैरामीटर)? ?{_KIND_OF}"
        r"(?! or\b| (?:than|als) (?:\w+ )?\d)",
        re.I,
    ),
)
"""Before a number of parameters, and from behind it on: what makes it one of a difference."""
UNTOLD_DIFFERENCE = "it is said of a difference between networks, not of one"
UNSURE = "it is said with a word such as “not” or “about”"


def claims_in(text: str, blank: Claim) -> Iterator[Claim]:
    """Yield the claims of a text; `blank` says where it stands."""
    if not any(c.isdigit() for c in text):
        return
    for sentence in _SENTENCE.split(_BLANKS.sub(" ", text[:LONGEST])):
        if word("hope").search(sentence):
            continue
        subject = blank
        whole = _BOTH.sub(r"\1/", sentence) if word("gap").search(sentence) else sentence
        for piece in _PIECE.split(whole)[:MOST_PIECES]:
            found = claim_in(piece, replace(blank, split=subject.split, metric=subject.metric))
            if found is not None:
                yield found
                subject = found if found.kind != GAP else blank


def claim_in(piece: str, blank: Claim) -> Claim | None:
    """Return what one piece of a sentence claims, None where it claims nothing that is known."""
    blank = replace(blank, text=" ".join(piece.split()))
    found = _of_parameters(piece, blank) or _of_run(piece, blank)
    if found is not None and word("doubt").search(_without_bounds(piece)):
        return replace(found, problem=UNSURE)
    return found


def _without_bounds(piece: str) -> str:
    return re.sub(r"\b(?:no less than|no more than|not below|never below)\b", "", piece, flags=re.I)


def _of_parameters(piece: str, blank: Claim) -> Claim | None:
    for pattern in _PARAMETERS:
        match = pattern.search(piece)
        if match:
            number = said(match[1], match[2] or "")
            before = piece[: match.start(1)]
            bound = word("below").search(before)
            if bound:
                strict = not word("inclusive").match(bound[0])
                return replace(blank, kind=BUDGET, number=number, is_strict=strict)
            if word("above").search(before):
                return None
            is_difference = _DIFFERENCE[0].search(before) or _DIFFERENCE[1].match(
                piece, match.end(1)
            )
            problem = UNTOLD_DIFFERENCE if is_difference else None
            return replace(blank, kind=PARAMETERS, number=number, problem=problem)
    return None


def _of_run(piece: str, blank: Claim) -> Claim | None:
    blank, rest = _with_epochs(piece, blank)
    blank = _with_subject(piece, blank)
    number = _number(rest, blank)
    if word("gap").search(piece):
        is_between = "differ" not in piece.lower() or len(named_in(piece, SPLITS)) != 1
        is_told = number is not None and is_between
        return replace(blank, kind=GAP, number=number, split=None) if is_told else None
    bound = word("above").search(rest) or word("below").search(rest)
    if bound and number is not None and _is_measure(number, blank):
        below = word("above").search(rest) is None
        strict = not word("inclusive").match(bound[0])
        return replace(blank, kind=ABOVE, number=number, is_strict=strict, is_below=below)
    if blank.count is not None:
        return None
    return _of_value(piece, blank, number)


def _of_value(piece: str, blank: Claim, number: Said | None) -> Claim | None:
    if number is not None and not _is_measure(number, blank):
        number = None
    is_lowest = word("lowest").search(piece) and blank.metric != LOSS
    if word("best").search(piece) or (word("lowest").search(piece) and not is_lowest):
        is_told = number is not None or blank.epoch is not None
        return replace(blank, kind=BEST, number=number) if is_told else None
    if word("reached").search(piece) and number is not None:
        problem = "“first” epochs are not looked for" if word("first").search(piece) else None
        return replace(blank, kind=REACHED, number=number, problem=problem)
    if word("last").search(piece):
        return replace(blank, kind=LAST, number=number) if number is not None else None
    if number is not None and blank.epoch is not None:
        return replace(blank, kind=AT, number=number)
    match = word("epochs").search(piece)
    if match and number is None:
        return replace(blank, kind=EPOCHS, number=said(match[1]))
    return None


def _with_subject(piece: str, blank: Claim) -> Claim:
    splits, metrics = named_in(piece, SPLITS), named_in(piece, METRICS)
    if len(splits) == 1:
        blank = replace(blank, split=splits[0])
    elif len(splits) > 1:
        blank = replace(blank, split=None, problem=None)
    return replace(blank, metric=metrics[0]) if len(metrics) == 1 else blank


def _with_epochs(piece: str, blank: Claim) -> tuple[Claim, str]:
    """Return the claim with the epochs that a piece names, and the piece without them."""
    rest = piece
    for name in ("window", "from", "always", "ordinal", "epoch"):
        match = word(name).search(rest)
        if match is None:
            continue
        number = next((g for g in match.groups() if g), None)
        if name == "window":
            blank = replace(blank, count=counted(str(number)))
        elif name == "from":
            after = 1 if match[0].lower().startswith("after") else 0
            blank = replace(blank, start=int(str(number)) + after)
        elif name == "always":
            blank = replace(blank, start=0)
        else:
            blank = replace(blank, epoch=int(str(number)), is_ordinal=name == "ordinal")
        rest = f"{rest[: match.start()]} {rest[match.end() :]}"
    return blank, word("epochs").sub(" ", rest)


def _number(rest: str, blank: Claim) -> Said | None:
    """Return the number of a piece: one in percent, else one with digits behind the point."""
    found = [said(m[1], m[2] or "") for m in word("value").finditer(rest)]
    sure = [one for one in found if one.is_percent or one.unit < 1]
    if not sure and blank.metric is not None:
        sure = found
    return sure[0] if len(sure) == 1 else None


def _is_measure(number: Said, blank: Claim) -> bool:
    """Whether a number may be an accuracy, or the loss that the text speaks of."""
    if blank.metric == LOSS:
        return True
    is_share = 0 <= number.value <= 100
    return is_share and (number.is_percent is True or number.unit < 1 or blank.metric == ACCURACY)
