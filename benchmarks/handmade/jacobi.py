"""Jacobian matrices as people lay them out: with names around, by labels, by the chain rule."""

from __future__ import annotations

from itertools import product
from random import Random

from handmade.cell_sheets import CellSheet, Page, rounded, told
from sheetprop.checking.cells.matrices import determinant, entry
from sheetprop.lessons.kinds.jacobian.derivative import derivative
from sheetprop.maths.trees.expr import Call, Expr, Name, total
from sheetprop.maths.trees.expr import product as times
from sheetprop.maths.trees.simplified import simplified

INPUTS = (("x", "y"), ("r", "t"), ("a", "b"), ("x", "y", "z"), ("s", "t"))
OUTER = (("f", "g"), ("u", "v"), ("f1", "f2"), ("p", "q"))
TITLES = ("Jacobian", "J", "Jacobi matrix", "Jacobimatrix", "Jacobian matrix")
DETERMINANTS = ("det", "det J", "determinant", "det(J)")
AREAS = ("area factor", "|det J|", "abs(det)")


def _function(chance: Random, names: tuple[str, ...]) -> Expr:
    """Draw a function of at least two of some names."""
    x, y, *rest = (Name(name) for name in chance.sample(names, len(names)))
    k = float(chance.choice((2, 3, 4)))
    found = chance.choice(
        (
            x * y,
            x**2 * y,
            x**2 + k * y,
            k * x + Call("SIN", (y,)),
            x * Call("EXP", (y,)),
            x * Call("COS", (y,)),
            x * Call("SIN", (y,)),
            x / y,
            Call("LN", (x,)) + x * y**2,
            Call("EXP", (x * y,)),
            x - y**3,
        )
    )
    return found + chance.choice((rest[0], rest[0] ** 2, rest[0] * x)) if rest else found


def jacobian(chance: Random) -> CellSheet:
    """Draw functions with their matrix, or two layers of them with the chain rule."""
    inputs, outer = chance.choice(INPUTS), chance.choice(OUTER)
    if chance.random() < 0.3:
        return _chained(chance, chance.choice(INPUTS[:3]), ("u1", "u2"), ("f1", "f2"))
    while {*inputs} & {*outer}:
        outer = chance.choice(OUTER)
    functions = [*outer, *(["h"] if len(inputs) == 3 else [])]
    trees: dict[str, Expr | None] = dict.fromkeys(inputs)
    trees |= {name: _function(chance, inputs) for name in functions}
    page = Page.drawn(chance)
    _put_values(page, trees)
    page.row += chance.choice((0, 1))
    if chance.random() < 0.4:
        _put_labelled(page, trees, functions, inputs, chance)
    else:
        title = chance.choice(TITLES)
        _put_matrix(page, trees, functions, inputs, title)
    _put_determinants(page, trees, functions, inputs, chance)
    return CellSheet("jacobian", trees, rounded(chance, [*inputs]), page.cells, page.texts)


def _put_values(page: Page, trees: dict[str, Expr | None]) -> None:
    for name, tree in trees.items():
        page.line(name if tree is None else f"{name} = {told(tree)}", name)


def _put_partials(
    trees: dict[str, Expr | None], functions: list[str], heads: tuple[str, ...]
) -> None:
    for function, head in product(functions, heads):
        tree = trees[function]
        assert tree is not None
        trees[entry(function, head)] = simplified(derivative(tree, head))


def _put_labelled(
    page: Page,
    trees: dict[str, Expr | None],
    functions: list[str],
    heads: tuple[str, ...],
    chance: Random,
) -> None:
    _put_partials(trees, functions, heads)
    spelt = chance.choice(("∂{}/∂{}", "d{}/d{}", "∂{} / ∂{}"))
    for function, head in product(functions, heads):
        page.line(spelt.format(function, head), entry(function, head))


def _put_matrix(
    page: Page,
    trees: dict[str, Expr | None],
    functions: list[str],
    heads: tuple[str, ...],
    title: str,
    *,
    is_product: bool = False,
) -> None:
    if not is_product:
        _put_partials(trees, functions, heads)
    page.texts[page.row, page.column] = title
    for k, head in enumerate(heads, 1):
        page.texts[page.row, page.column + k] = head
    page.row += 1
    for function in functions:
        page.line(function, *(entry(function, head) for head in heads))


def _put_determinants(
    page: Page,
    trees: dict[str, Expr | None],
    functions: list[str],
    heads: tuple[str, ...],
    chance: Random,
) -> None:
    if chance.random() < 0.7:
        page.line(chance.choice(DETERMINANTS), "det")
        trees["det"] = determinant(functions, heads)
        if chance.random() < 0.4:
            page.line(chance.choice(AREAS), "absdet")
            trees["absdet"] = Call("ABS", (Name("det"),))


def _chained(
    chance: Random, inputs: tuple[str, ...], inner: tuple[str, ...], outer: tuple[str, ...]
) -> CellSheet:
    trees: dict[str, Expr | None] = dict.fromkeys(inputs)
    trees |= {name: _function(chance, inputs) for name in inner}
    trees |= {name: _function(chance, inner) for name in outer}
    page = Page.drawn(chance)
    _put_values(page, trees)
    sign = chance.choice("∂d")
    _put_matrix(page, trees, [*outer], inner, f"{sign}f/{sign}u")
    _put_matrix(page, trees, [*inner], inputs, f"{sign}u/{sign}{inputs[0]}")
    for function, head in product(outer, inputs):
        trees[entry(function, head)] = total(
            [times([Name(entry(function, one)), Name(entry(one, head))]) for one in inner]
        )
    _put_matrix(page, trees, [*outer], inputs, f"{sign}f/{sign}{inputs[0]}", is_product=True)
    return CellSheet("jacobian", trees, rounded(chance, [*inputs]), page.cells, page.texts)
