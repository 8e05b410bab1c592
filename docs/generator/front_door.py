"""What `import sheetprop` offers, from signatures and docstrings."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass

import sheetprop
from generator.markdown import block, code, document

SECTION = re.compile(r"^(Args|Returns|Raises|Attributes):\n", re.MULTILINE)
TITLES = {"Args": "Arguments", "Returns": "Returns", "Raises": "Raises", "Attributes": "Fields"}


def page() -> str:
    """Return the page of all public names: functions first, then types and errors."""
    everything = [getattr(sheetprop, name) for name in sheetprop.__all__]
    functions = [one for one in everything if inspect.isfunction(one)]
    types = [one for one in everything if inspect.isclass(one)]
    intro = f"# From Python\n\n{_prose(inspect.getdoc(sheetprop) or '')}"
    return document(intro, *map(_entry, functions), *map(_entry, types))


def _entry(thing: object) -> str:
    name = getattr(thing, "__name__", "")
    parts = [f"## {name}", *_signature(thing), _documentation(inspect.getdoc(thing) or "")]
    return "\n\n".join(parts)


def _signature(thing: object) -> Iterator[str]:
    """Yield how a function is called, an argument a line, or the fields of a type."""
    if inspect.isfunction(thing):
        signature = inspect.signature(thing)
        call = f"sheetprop.{thing.__name__}({_arguments(signature)})"
        yield block(f"{call} -> {signature.return_annotation}", "python")
    elif is_dataclass(thing):
        public = (field for field in fields(thing) if not field.name.startswith("_"))
        lines = [f"{field.name}: {field.type}" for field in public]
        yield block("\n".join(lines), "python")


def _arguments(signature: inspect.Signature) -> str:
    """Return the arguments, each on a line of its own, the star among them."""
    texts: list[str] = []
    was_keyword_only = False
    for parameter in signature.parameters.values():
        is_keyword_only = parameter.kind is parameter.KEYWORD_ONLY
        if is_keyword_only and not was_keyword_only and "*" not in "".join(texts):
            texts.append("*")
        was_keyword_only = is_keyword_only
        texts.append(_argument(parameter))
    return "\n" + "".join(f"    {text},\n" for text in texts) if texts else ""


def _argument(parameter: inspect.Parameter) -> str:
    """Return an argument with its type, which is a text in the code, and its default."""
    stars = {parameter.VAR_POSITIONAL: "*", parameter.VAR_KEYWORD: "**"}.get(parameter.kind, "")
    default = "" if parameter.default is parameter.empty else f" = {parameter.default!r}"
    return f"{stars}{parameter.name}: {parameter.annotation}{default}"


def _documentation(text: str) -> str:
    """Return a docstring in Markdown; its sections become lists and paragraphs."""
    first, *rest = SECTION.split(text)
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return document(_prose(first), *(_section(title, body) for title, body in pairs))


def _section(title: str, body: str) -> str:
    content = inspect.cleandoc(body)
    if title == "Returns":
        return f"**{TITLES[title]}:** {_prose(content)}"
    entries = re.split(r"\n(?=\S)", content)
    lines = [_item(*entry.split(": ", 1)) for entry in entries]
    return f"**{TITLES[title]}:**\n\n" + "\n".join(lines)


def _item(name: str, meaning: str = "") -> str:
    return f"- {code(name)}: {_prose(' '.join(meaning.split()))}"


def _prose(text: str) -> str:
    return text.strip().replace("``", "`")
