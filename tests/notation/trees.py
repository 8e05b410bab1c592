"""Random trees whose values are numbers: what several tests here need."""

from __future__ import annotations

from hypothesis import strategies as st

from sheetprop.maths.trees.expr import (
    Call,
    Expr,
    Name,
    Negative,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
)

NAMES = ("a", "b", "c")
VALUES = {"a": 1.5, "b": -0.25, "c": 3.0}
CELLS = {"a": "A1", "b": "$B$2", "c": "Other!C3"}

leaves = st.one_of(
    st.sampled_from(NAMES).map(Name),
    st.sampled_from([0.0, 0.5, 1.0, 2.0, 1e-7, 12345678901234567.0, -3.0, 0.1]).map(Number),
)


def _grow(below: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    return st.one_of(
        several.map(Sum),
        several.map(Product),
        below.map(Negative),
        st.tuples(below, below).map(lambda pair: Quotient(*pair)),
        st.tuples(below, st.sampled_from([2.0, 3.0, -1.0]).map(Number)).map(lambda p: Power(*p)),
        below.map(lambda tree: Call("TANH", (tree,))),
        several.map(lambda trees: Call("MAX", trees)),
        st.tuples(below, below, below).map(
            lambda t: Call("IF", (Call("GT", (t[0], Number(0.0))), t[1], t[2]))
        ),
    )


trees = st.recursive(leaves, _grow, max_leaves=12)
