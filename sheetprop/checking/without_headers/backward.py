"""Errors and gradients of a table without headers, by what they take and what takes them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from sheetprop.checking.without_headers.guess import FIRST_CELL, Guess, line_of
from sheetprop.checking.without_headers.pairing import paired
from sheetprop.maths.losses import LOSSES
from sheetprop.maths.names import gradient_of, is_output_activation, is_parameter, kind, number
from sheetprop.maths.trees.evaluate import evaluate
from sheetprop.maths.trees.expr import Expr, Name, Negative, Product, Quotient, Sum
from sheetprop.maths.trees.walk import flatten, names, substitute
from sheetprop.tables.points import FAILURES, FUNCTIONS, same_value

PAIRS = ((0.2, 0.7), (0.6, 0.3), (0.9, 0.8))
"""A target and an activation each; error functions are told by them."""

MOST_HELPERS = 3
"""So many helper lines may stand between an update and its gradient."""

FORWARD = ("input", "weight", "sum", "activation")
"""Kinds of quantities that no gradient is."""


def find_targets(guess: Guess) -> None:
    """Name targets and errors: an error mentions one output's activation and its target.

    So do deltas; that which is an error function by its values goes before all others.
    """
    outputs = [name for name in guess.quantity if is_output_activation(name)]
    votes = _votes(guess)
    slipped: list[tuple[int, int, int]] = []
    for line, tree in guess.trees.items():
        for k, output, target in _pairs(guess, tree):
            is_error = is_loss(tree, output, target, len(outputs))
            if is_error or (f"E{k}" not in guess.quantity and _is_summed(guess, line)):
                targets_own = max((k, *(one for one, _ in votes)), key=_of(votes, target))
                if targets_own != k:
                    slipped.append((line, k, targets_own))
                    continue
                guess.quantity[f"t{k}"] = target
                guess.quantity[f"E{k}"] = line
    for line, *either in slipped:  # it takes the output or the target of the other
        free = [k for k in either if f"E{k}" not in guess.quantity]
        guess.quantity |= {f"E{k}": line for k in free[:1]}
    _find_targets_of_gradients(guess)
    _part_targets(guess)
    errors = {line for name, line in guess.quantity.items() if kind(name) == "error"}
    totals = {
        line: set(map(line_of, names(tree)))
        for line, tree in guess.trees.items()
        if line not in guess.by_line and isinstance(tree, Sum | Product | Quotient)
    }
    whole = [line for line, taken in totals.items() if errors and taken == errors]
    some = [line for line, taken in totals.items() if len(errors) > 1 and taken and taken < errors]
    for line in (*whole, *some):  # one that takes only some is a total with a slip
        guess.quantity.setdefault("E_total", line)


def _pairs(guess: Guess, tree: Expr) -> Iterator[tuple[int, int, int]]:
    """Yield (number, output, target) of a tree of nothing else."""
    mentioned = set(map(line_of, names(tree)))
    by_line = guess.by_line
    outputs = [line for line in mentioned if is_output_activation(by_line.get(line, ""))]
    rest = [line for line in mentioned if _may_be_target(guess, by_line, line)]
    if len(mentioned) == 2 and len(outputs) == len(rest) == 1:
        yield number(by_line[outputs[0]]), outputs[0], rest[0]


def _may_be_target(guess: Guess, by_line: dict[int, str], line: int) -> bool:
    return line not in guess.trees and kind(by_line.get(line, "t1")) == "target"


def is_loss(tree: Expr, output: int, target: int, count: int) -> bool:
    """Whether a tree is an error function of an output and its target, by its values."""
    values = [_at(tree, {target: t, output: a}) for t, a in PAIRS]
    t, a = Name(f"c{target}"), Name(f"c{output}")
    return any(
        all(map(same_value, values, (_at(right, {target: x, output: y}) for x, y in PAIRS)))
        for right in (loss.value(t, a, count) for loss in LOSSES.values())
    )


def _at(tree: Expr, value_of: dict[int, float]) -> float:
    try:
        return float(evaluate(tree, lambda name: value_of[line_of(name)], FUNCTIONS))
    except (*FAILURES, TypeError, KeyError):
        return float("nan")


def _is_summed(guess: Guess, line: int) -> bool:
    """Whether a line is only ever added to others like it, as errors are and deltas are not."""
    users = [t for t in guess.trees.values() if line in map(line_of, names(t))]
    return bool(users) and not any(
        line in map(line_of, names(term)) and not isinstance(term, Name)
        for tree in users
        for term in (tree.terms if isinstance(tree, Sum) else (tree,))
    )


def _find_targets_of_gradients(guess: Guess) -> None:
    """Name targets whose error is none: what stands with one output's activation elsewhere."""
    by_line = guess.by_line
    found: dict[str, Counter[int]] = {}
    for tree in guess.trees.values():
        mentioned = set(map(line_of, names(tree)))
        outputs = [line for line in mentioned if is_output_activation(by_line.get(line, ""))]
        rest = [line for line in mentioned if line not in by_line and line not in guess.trees]
        if len(outputs) == len(rest) == 1:
            found.setdefault(f"t{number(by_line[outputs[0]])}", Counter())[rest[0]] += 1
    for target, lines in found.items():
        guess.quantity.setdefault(target, lines.most_common(1)[0][0])


def _part_targets(guess: Guess) -> None:
    """Give outputs that have one target between them each its own, as most formulas say."""
    targets = {n: line for n, line in guess.quantity.items() if kind(n) == "target"}
    if len(set(targets.values())) == len(targets):
        return
    outputs = sorted(number(name) for name in guess.quantity if is_output_activation(name))
    votes = _votes(guess)
    found = paired(votes, outputs, sorted({one for _, one in votes}))
    guess.quantity.update({f"t{k}": line for k, line in found.items()})


def _votes(guess: Guess) -> Counter[tuple[int, int]]:
    """Return how many formulas of one output take each line that may be its target."""
    outputs = {line: number(n) for n, line in guess.quantity.items() if is_output_activation(n)}
    by_line = guess.by_line
    votes: Counter[tuple[int, int]] = Counter()
    for tree in guess.trees.values():
        mentioned = set(map(line_of, names(tree)))
        own = mentioned & set(outputs)
        for one in mentioned if len(own) == 1 else ():
            if _may_be_target(guess, by_line, one):
                votes[outputs[next(iter(own))], one] += 1
    return votes


def _of(votes: Mapping[tuple[int, int], int], target: int) -> Callable[[int], int]:
    """Return what tells how many formulas of an output take a target."""
    return lambda output: votes.get((output, target), 0)


def find_gradients(guess: Guess) -> None:
    """Name gradients: what an update takes besides the weight itself and what all updates take."""
    updated = {n: line for n, line in guess.quantity.items() if _is_updated(guess, n, line)}
    taken = {name: _taken(guess, line) for name, line in updated.items()}
    times = Counter(line for lines in taken.values() for line in lines)
    named = set(guess.quantity.values())
    for name, lines in taken.items():
        alone = {line for line in lines - named if times[line] == 1 and line < FIRST_CELL}
        own = {line for line in alone if line in guess.trees} or alone  # or what has no tree
        if len(own) == 1:
            guess.quantity[gradient_of(name)] = own.pop()


def _is_updated(guess: Guess, name: str, line: int) -> bool:
    return is_parameter(name) and line in guess.updates and line in guess.trees


def _taken(guess: Guess, line: int) -> set[int]:
    """Return the lines that an update takes; for a change that is added, what that is made of."""
    tree = guess.trees[line]
    for _ in range(MOST_HELPERS):
        terms = tree.terms if isinstance(tree, Sum) else (tree,)
        changes = {name for term in terms for name in _alone(term)} - {Name(f"c{line}", -1)}
        behind = {one: guess.trees[line_of(one)] for one in changes if _is_change(guess, one)}
        if not behind:
            break
        tree = flatten(substitute(tree, lambda leaf, behind=behind: behind.get(leaf)))  # type: ignore[misc]
    return {number for number in map(line_of, names(tree)) if number != line}


def _alone(term: Expr) -> set[Name]:
    """Return the only quantity of a term without a rate, whatever its sign."""
    mentioned = names(term)
    return set(mentioned) if len(mentioned) == 1 else set()


def _is_change(guess: Guess, name: Name) -> bool:
    """Whether a line is a rate times a gradient: a product of something computed and not more."""
    tree = guess.trees.get(line_of(name))
    tree = tree.operand if isinstance(tree, Negative) else tree
    if not isinstance(tree, Product):
        return False
    computed = [n for n in names(tree) if line_of(n) in guess.trees]
    return len(computed) == 1 and kind(guess.by_line.get(line_of(computed[0]), "")) not in FORWARD
