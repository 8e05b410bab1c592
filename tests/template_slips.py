"""A slip in a template, and the sentence that it gets."""

from __future__ import annotations

from pathlib import Path

import pytest

from sheetprop.errors import SpecError
from sheetprop.template import any_lesson


def hold_to_sentence(path: Path, text: str, key: str, told: str) -> None:
    """Assert that a template is refused by one that names the file, the key and what is allowed."""
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SpecError) as caught:
        any_lesson(path)

    assert str(caught.value).startswith(f"{path}: {key}")
    assert told in str(caught.value)
