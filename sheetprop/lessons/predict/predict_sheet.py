"""The sheet Predict: a question, a yellow cell, and a verdict once something is typed there."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.parts.ways import put_ways
from sheetprop.lessons.predict.questions import ANSWER, MOVES, Asked, Question
from sheetprop.lessons.predict.what_if import NOW, WhatIf, put_now
from sheetprop.lessons.runs.rate_table import RateRun, RateTable
from sheetprop.lessons.start.chosen import Chosen
from sheetprop.lessons.start.data_columns import ANSWERS, HEAD
from sheetprop.lessons.start.data_columns import FIRST as FIRST_OFFERED
from sheetprop.lessons.start.start_sheet import Start
from sheetprop.maths.names import without_sample
from sheetprop.maths.network import Network
from sheetprop.maths.quantity import LEARNING_RATE
from sheetprop.notation.address import address, column_range, fixed
from sheetprop.words import Words
from sheetprop.workbooks.look import Highlight, Look, Paper, Validation
from sheetprop.workbooks.page import DATA, PREDICT, Page
from sheetprop.workbooks.sheet import Address, Cell, Sheet

MOST_NEURONS, MOST_WEIGHTS = 24, 100
"""A larger network has no evidence of its own here, which would be too long to be read."""

_TEXT, _ANSWER, _VERDICT, _LINK = 1, 8, 9, 11  # columns
_FIRST = 5  # row of the first question
_EVIDENCE = 36
"""The row of the evidence: below what is seen at once, and on a printed page of its own."""

_TARGET: Address = (_EVIDENCE + 1, 3)
_TOP = _EVIDENCE + 4
_WIDTH = 13.0
_HALF = 0.5


def predict_sheet(
    table: RateTable,
    runs: Sequence[RateRun],
    start: Start,
    chosen: Chosen,
    data: Page,
    words: Words,
) -> Sheet:
    """Return the sheet; what can be answered is listed on the page of the sheet Data."""
    page = Page()
    page.put((1, 1), words["predict_title"], "title")
    put_ways(page, 2, (1, 2, 4, 6, 8, 9), words, PREDICT)
    page.put((3, 1), words["predict_about"], "text")
    asked = Asked(table, runs, start, chosen, words, _put_moves(data, words))
    targets, dead = _put_evidence(page, table.network, start, chosen, words)
    questions = list(asked.questions(targets, dead))
    for number, question in enumerate(questions):
        _put_question(page, question, number, words)
    rules = [_rule(question, number, words) for number, question in enumerate(questions)]
    if targets is not None:
        title = words["start_number_wanted"]
        rules.append(Validation(_TARGET, _TARGET, None, title, words["start_number_message"]))
    last = _FIRST + len(questions) - 1
    look = Look(
        styles=page.styles,
        links=page.links,
        widths=dict.fromkeys(range(1, _LINK + 1), _WIDTH),
        merged=tuple(page.merged),
        heights={1: 28, **page.heights},
        validations=tuple(rules),
        marks=tuple(_marks(last, words)),
        scientific=(((_TOP, NOW), (_TOP + len(table.network.quantities), NOW + 4)),),
        tab="#F0E442",
        plain_formulas=True,
        paper=None if targets is None else Paper(rows=(_EVIDENCE - 1,)),
    )
    return Sheet(PREDICT, page.cells, look=look)


def _put_moves(data: Page, words: Words) -> str:
    """Write what a number may do, and return the range."""
    data.put((HEAD, ANSWERS), words["predict_answers"], "head")
    for row, key in enumerate(MOVES, FIRST_OFFERED):
        data.put((row, ANSWERS), words[f"predict_{key}"], "formula")
    return column_range(DATA, ANSWERS, FIRST_OFFERED, FIRST_OFFERED + len(MOVES) - 1)


def _put_question(page: Page, question: Question, number: int, words: Words) -> None:
    row = _FIRST + number
    text = words.formula(f"predict_question_{question.key}", **question.facts)
    numbered = f'="{number + 1}. "&{text.removeprefix("=")}'
    page.put((row, _TEXT), Cell(None, numbered), "long text")
    page.merged.append(((row, _TEXT), (row, _ANSWER - 1)))
    page.heights[row] = 30.0
    page.styles[row, _ANSWER] = "long answer"
    page.put((row, _VERDICT), Cell(None, _verdict(question, row, words)), "mark")
    page.merged.append(((row, _VERDICT), (row, _LINK - 1)))
    page.put((row, _LINK), words["predict_evidence"], "list link", question.evidence)


def _verdict(question: Question, row: int, words: Words) -> str:
    """Return the formula of the verdict, which is nothing while nothing is typed.

    What was pasted there and is not offered is no answer, and so no wrong one.
    """
    answer = fixed((row, _ANSWER))
    is_right = question.is_right.replace(ANSWER, answer)
    right, wrong = (words.quoted(f"predict_{key}") for key in ("right", "wrong"))
    judged = f"IF(IFERROR({is_right},FALSE),{right},{wrong})"
    is_offered = f"COUNTIF({question.offered},{answer})"
    return f'=IF({answer}="","",IF({is_offered},{judged},{words.quoted("start_pick")}))'


def _rule(question: Question, number: int, words: Words) -> Validation:
    at = _FIRST + number, _ANSWER
    return Validation(at, at, None, words["predict_title"], words["start_pick"], question.offered)


def _marks(last: int, words: Words) -> list[Highlight]:
    """Return the colours of verdicts."""
    first, end = (_FIRST, _VERDICT), (last, _LINK - 1)
    cell = f"${address(*first)}"
    return [
        Highlight(first, end, f"={cell}={words.quoted(f'predict_{style}')}", style)
        for style in ("right", "wrong")
    ]


def _put_evidence(
    page: Page, network: Network, start: Start, chosen: Chosen, words: Words
) -> tuple[WhatIf, WhatIf] | tuple[None, None]:
    """Write both what-ifs, where there is room; return where they stand."""
    neurons = sum(map(len, network.layers))
    if neurons > MOST_NEURONS or len(network.parameters) > MOST_WEIGHTS:
        return None, None
    page.put((_EVIDENCE, 1), words["predict_evidence_title"], "heading")
    page.put((_TARGET[0], 1), words["predict_target"], "text")
    page.put(_TARGET, Cell(_other_target(network)), "input")
    heads = ("step", "targets", "after", "dead", "after")
    for column, key in enumerate(heads, NOW):
        page.put((_TOP - 1, column), words[f"predict_head_{key}"], "head")
    page.heights[_TOP - 1] = 44.0
    put_now(page, network, chosen, _TOP)
    largest = f"=MAX({start.rates[0]}:{start.rates[-1].rpartition('!')[2]})"
    aims = dict.fromkeys(network.targets, f"={fixed(_TARGET)}")
    targets = WhatIf(network, chosen, _TOP, NOW + 1, aims, largest)
    first = without_sample(network.inputs[0])
    zeros = {name: "=0" for name in network.inputs if without_sample(name) == first}
    rate = f"={chosen.value[LEARNING_RATE]}"
    dead = WhatIf(network, chosen, _TOP, NOW + 3, zeros, rate)
    targets.put(page)
    dead.put(page)
    return targets, dead


def _other_target(network: Network) -> float:
    """Return a target that no output has a reason to meet: the same for all."""
    outputs = len(network.layers[-1])
    return 1 / outputs if outputs > 1 else _HALF
