"""Functions newer than Excel 2007, whose names a file writes with a prefix ([MS-XLSX] 2.2.2)."""

from __future__ import annotations

import re

_NEW = frozenset(  # a long list is read quicker without quotation marks
    """
    ACOT ACOTH AGGREGATE ARABIC BASE BETA.DIST BETA.INV BINOM.DIST BINOM.INV BITAND BITOR BITXOR
    BYCOL BYROW CEILING.MATH CHISQ.DIST CHISQ.INV CHISQ.TEST CHOOSECOLS CHOOSEROWS COMBINA CONCAT
    CONFIDENCE.NORM CONFIDENCE.T COT COTH COVARIANCE.P COVARIANCE.S CSC CSCH DAYS DECIMAL DROP
    EXPAND EXPON.DIST F.DIST F.INV F.TEST FILTER FLOOR.MATH FORECAST.LINEAR FORMULATEXT GAMMA
    GAMMA.DIST GAMMA.INV GAUSS HSTACK IFNA IFS ISFORMULA ISOMITTED LAMBDA LET LOGNORM.DIST
    LOGNORM.INV MAKEARRAY MAP MAXIFS MINIFS MODE.MULT MODE.SNGL MUNIT NEGBINOM.DIST NORM.DIST
    NORM.INV NORM.S.DIST NORM.S.INV NUMBERVALUE PERCENTILE.EXC PERCENTILE.INC PERCENTRANK.EXC
    PERCENTRANK.INC PERMUTATIONA PHI POISSON.DIST QUARTILE.EXC QUARTILE.INC RANDARRAY RANK.AVG
    RANK.EQ REDUCE SCAN SEC SECH SEQUENCE SHEET SHEETS SINGLE SKEW.P SORT SORTBY STDEV.P STDEV.S
    SWITCH T.DIST T.INV T.TEST TAKE TEXTAFTER TEXTBEFORE TEXTJOIN TEXTSPLIT TOCOL TOROW UNICHAR
    UNICODE UNIQUE VAR.P VAR.S VSTACK WEIBULL.DIST WRAPCOLS WRAPROWS XLOOKUP XMATCH XOR Z.TEST
    """.split()  # noqa: SIM905
)
_OF_WORKSHEETS = frozenset({"FILTER", "SORT"})  # have a second prefix
# Texts and names of sheets come first, so that nothing inside them is taken for a function.
_NAME = re.compile(r"\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|(?<![\w.])([A-Z][A-Z0-9.]*)(?=\()")


def prefixed(formula: str) -> str:
    """Return a formula with the prefixes of its newer functions."""
    return _NAME.sub(_prefixed, formula) if "(" in formula else formula


def _prefixed(match: re.Match[str]) -> str:
    if match[1] not in _NEW:
        return match[0]
    return ("_xlfn._xlws." if match[1] in _OF_WORKSHEETS else "_xlfn.") + match[0]
