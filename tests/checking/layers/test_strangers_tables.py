"""Tables of layers as notes and reports have them: each slip in its cell, and nobody accused."""

from __future__ import annotations

from cell_sheets import right_and_slipped

TWO = "\n".join(
    f"{title}\nlayer | kernel | stride | jump | RF\ninput ||| 1 | 1\n"
    + "\n".join(
        f"c{k} | 3 | {s} | =D{r - 1}*C{r} | =E{r - 1}+(B{r}-1)*D{r - 1}"
        for k, (r, s) in enumerate(((top + 3, 1), (top + 4, 2)), 1)
    )
    for title, top in (("Network A", 1), ("Network B", 6))
)


def test_a_slip_in_one_of_two_tables_of_a_sheet_is_that_tables() -> None:
    """Both tables have a quantity of that name; only one of them has that row."""
    assert right_and_slipped(TWO, "=E8+(B9-1)*D8", "=E8+(B9-1)*C9") == ("correct", {"E9"})
