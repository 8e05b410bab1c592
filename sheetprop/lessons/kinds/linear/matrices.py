"""The matrices of the chosen step, and their product, side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sheetprop.lessons.start.chosen import Chosen
from sheetprop.maths.network import Network
from sheetprop.notation.address import address, fixed
from sheetprop.words import Words
from sheetprop.workbooks.page import Page
from sheetprop.workbooks.sheet import Address, Cell

Matrix = tuple[tuple[Address, ...], ...]
"""The cells of a matrix, row by row."""


def put_matrices(
    page: Page, network: Network, chosen: Chosen, at: Address, words: Words
) -> tuple[list[Matrix], Matrix]:
    """Write ``W2 · W1 = W`` from a cell on; return the matrices, the first layer's first.

    Of more layers the products of those behind each other are written too.
    """
    row, column = at
    found: list[Matrix] = []
    for number in range(len(network.layers), 0, -1):
        values = [
            [f"={chosen.value[name]}" for name in neuron.weights]
            for neuron in network.layers[number - 1]
        ]
        page.put((row, column), words("linear_matrix", number=number), "head")
        found.insert(0, _put(page, (row + 1, column), values, "number"))
        column += len(values[0]) + 1
        sign = "·" if number > 1 else "="
        page.put((row + 1, column - 1), sign, "mark")
    product = found[0]
    for number, matrix in enumerate(found[1:], 2):
        is_last = number == len(found)
        title = "linear_product" if is_last else "linear_product_to"
        page.put((row, column), words(title, number=number), "head")
        style = "number result" if is_last else "number"
        product = _put(page, (row + 1, column), _multiplied(matrix, product), style)
        column += len(product[0]) + 1
    return found, product


def _put(page: Page, at: Address, formulas: Sequence[Sequence[str]], style: str) -> Matrix:
    row, column = at
    for down, line in enumerate(formulas):
        for right, formula in enumerate(line):
            page.put((row + down, column + right), Cell(None, formula), style)
    return tuple(
        tuple((row + down, column + right) for right in range(len(line)))
        for down, line in enumerate(formulas)
    )


def _multiplied(left: Matrix, right: Matrix) -> list[list[str]]:
    """Return the formulas of a product: each row times each column."""
    return [
        [weighted(line, [address(*cell) for cell in column]) for column in zip(*right, strict=True)]
        for line in left
    ]


def weighted(weights: Sequence[Address], values: Sequence[str]) -> str:
    """Return the formula of a sum of weights, whose cells stay, times values."""
    pairs = zip(weights, values, strict=True)
    return "=" + "+".join(f"{fixed(weight)}*{value}" for weight, value in pairs)
