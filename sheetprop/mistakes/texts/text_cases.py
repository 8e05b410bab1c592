"""What is said of a wrong text."""

from __future__ import annotations

from sheetprop.mistakes.words import Case

SAYS = "The text “{statement}” is wrong: "
MISTAKE = Case(
    "a mistake of formulas",
    SAYS + "it {phrase}.",
    "{why}",
)
LOST_SIGNS = Case(
    "lost signs",
    SAYS + "“{side}” is a quotient; the signs ∂ are missing.",
    "∂y/∂x is one symbol, how y changes with x; without the two ∂ it is a division of y by x, "
    "which has another value.",
)
LOST_POWER = Case(
    "a lost power",
    SAYS + "the 2 in “{side}” is a factor; an exponent is written ^2 or ².",
    "Typed on the line, a 2 behind brackets doubles what is in them. The error is the square of "
    "how far the output is from its target.",
)
BROKEN_CHAIN = Case(
    "a broken chain",
    SAYS + "∂{above}/∂{below} is 0, for {above} does not depend on {below}.",
    "A chain rule leads link by link from the error to the weight, each symbol below a line "
    "standing above the next. A link that is 0 makes the whole product 0.",
)
ONE_PATH = Case(
    "one path",
    SAYS + "“{chain}” follows only one of several paths.",
    "{whole} is the sum over all paths on which the error comes back, one through each output; a "
    "single product of links is one of them.",
)
OTHER = Case(
    "something else",
    SAYS + "“{first}” is not “{other}”.",
    "Both sides were calculated with the same random numbers, and they differ. Compare them "
    "factor by factor.",
)
CASES = (MISTAKE, LOST_SIGNS, LOST_POWER, BROKEN_CHAIN, ONE_PATH, OTHER)
