"""Mathematics as people set it, typed out: ``2x y`` is ``2*x*y``, ``sin t`` is ``sin(t)``."""

from __future__ import annotations

from collections.abc import Collection

from sheetprop.lazily.patterns import pattern
from sheetprop.lessons.kinds.gates.content import FUNCTIONS

_POWERS = str.maketrans({"²": "^2", "³": "^3", "·": "*", "×": "*", "−": "-", "½": "0.5"})
_ROOT = pattern(r"√([^\W\d_]\w{0,11}|(?=\())")
_POWER = pattern(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]{1,4}")
_RAISED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
_WORD = pattern(r"\d+(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|[^\W\d_]\w*|\S")
_OTHERS = {"sig": "sigmoid", "σ": "sigmoid", "log": "ln"}


def typed_out(text: str, known: Collection[str]) -> str:
    """Return mathematics in some known names as it is typed, with each product and bracket."""
    text = _POWER.sub(lambda found: f"^({found[0].translate(_RAISED)})", text)
    text = _ROOT.sub(lambda found: f"sqrt({found[1]})" if found[1] else "sqrt", text)
    parts = [
        part for word in _WORD.findall(text.translate(_POWERS)) for part in _apart(word, known)
    ]
    return _with_products(_with_brackets(_with_exp(parts, known), known), known)


def _apart(word: str, known: Collection[str]) -> list[str]:
    """Return the names that are written as one word: ``xy`` where x and y are known."""
    if word in known or not word[0].isalpha():
        return [word]
    if word.lower() in (*FUNCTIONS, *_OTHERS):
        return [_OTHERS.get(word.lower(), word.lower())]
    return [*word] if set(word) <= {*known} else [word]


def _with_exp(parts: list[str], known: Collection[str]) -> list[str]:
    """Write a power of e as a function: ``e^-x`` is ``exp(-x)``."""
    found: list[str] = []
    for place, part in enumerate(parts):
        before = parts[max(0, place - 3) : place]
        if part == "e" and parts[place + 1 : place + 2] == ["^"] and part not in known:
            found.append("exp")
        elif part == "^" and found[-1:] == ["exp"]:
            continue
        elif part == "-" and found[-1:] == ["exp"]:
            found += ["(", part]
        else:
            is_last = before == ["e", "^", "-"] and found[-2:] == ["(", "-"]
            found += [part, ")"] if is_last else [part]
    return found


def _with_brackets(parts: list[str], known: Collection[str]) -> list[str]:
    """Put the only factor behind a function into brackets, where it has none and no exponent."""
    found: list[str] = []
    for place, part in enumerate(parts):
        following = "".join(parts[place + 1 : place + 2])
        if found and found[-1] in FUNCTIONS and found[-1] not in known and _is_operand(part):
            found += [part] if following == "^" else ["(", part, ")"]
        else:
            found.append(part)
    return found


def _with_products(parts: list[str], known: Collection[str]) -> str:
    """Return the parts as one text, with a sign between factors side by side."""
    found: list[str] = []
    for part in parts:
        last = found[-1] if found else ""
        is_end = last == ")" or (_is_operand(last) and (last in known or last not in FUNCTIONS))
        is_unknown = last.isidentifier() and last not in known and part == "("
        if is_end and not is_unknown and (_is_operand(part) or part == "("):
            found.append("*")
        found.append(part)
    return "".join(found)


def _is_operand(part: str) -> bool:
    return part[:1].isalnum()
