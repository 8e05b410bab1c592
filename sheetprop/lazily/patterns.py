"""Regular expressions compiled when they are first used; most of them are for rare files."""

from __future__ import annotations

import re
from typing import Any


class LatePattern:
    """A pattern that is compiled once something of it is asked for."""

    def __init__(self, written: str, flags: int) -> None:
        self.pattern, self.flags = written, flags

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        found = getattr(self.compiled(), name)
        setattr(self, name, found)  # asked for once: from now on as quick as a pattern itself
        return found

    def compiled(self) -> re.Pattern[str]:
        """Return the pattern."""
        return re.compile(self.pattern, self.flags)


def pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """Return a pattern that takes no time before it is used."""
    late: Any = LatePattern(written, flags)
    return late  # type: ignore[no-any-return]
