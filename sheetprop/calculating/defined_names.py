"""Defined names in formulas: the engine has no way to define one, so references replace them."""

from __future__ import annotations

from collections.abc import Mapping

from sheetprop.lazily.patterns import pattern

MAX_DEPTH = 8  # names may refer to names; in a circle they never end
SIMPLE = pattern(
    r"(?:'(?:[^']|'')*+'!|[^\W\d][\w.]{0,255}!)?\$?[A-Za-z]{0,3}\$?\d*(?::\$?\w+(?:\$\d*)?)?"
)
WORD = pattern(r"[^\W\d][\w.\\?]*")


class Names:
    """The defined names of a workbook. Case does not matter; a sheet's own names go first."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.references = {name.casefold(): reference for name, reference in names.items()}
        self.words = {name.rpartition("!")[2] for name in self.references}

    def substituted(self, formula: str, sheet: str, depth: int = 0) -> str:
        """Return the formula with the references that its names stand for."""
        if depth == MAX_DEPTH or not self.mentioned_in(formula):
            return formula
        import formualizer as fz

        try:
            tokens = [token.value for token in fz.tokenize(formula) if token is not None]
        except Exception:  # the engine itself will say what is wrong with the formula
            return formula
        replaced = "=" + "".join(self.replaced(token, sheet) for token in tokens).removeprefix("=")
        return formula if replaced == formula else self.substituted(replaced, sheet, depth + 1)

    def mentioned_in(self, formula: str) -> bool:
        """Take a quick look, so that only formulas with names are taken apart."""
        if not self.words:
            return False
        return any(word.casefold() in self.words for word in WORD.findall(formula))

    def replaced(self, token: str, sheet: str) -> str:
        """Return what stands for a token: itself, unless it is a name."""
        name = token.casefold()
        reference = self.references.get(f"{sheet.casefold()}!{name}", self.references.get(name))
        if reference is None:
            return token
        return reference if SIMPLE.fullmatch(reference) else f"({reference})"
