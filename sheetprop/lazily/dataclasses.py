"""The dataclasses of this package: type checkers see those of the standard library."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass, field, fields, is_dataclass, replace
else:
    from sheetprop.lazily.classes import dataclass, field, fields, is_dataclass, replace

__all__ = ["dataclass", "field", "fields", "is_dataclass", "replace"]
