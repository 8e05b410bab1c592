"""Write what the pages take from the code: ``python docs/generate.py``, with the extra ``test``.

Commands, mistakes, lessons, formats and so on are each stated once, in the code: the pages of the
reference are taken from there. On all other pages, and in the README, what stands below a command
is what it prints. Tests compare both.
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from generator import consoles, pages  # noqa: E402


def main() -> None:
    """Write every page that differs from what it should be, and say which."""
    for name, text in pages.written().items():
        _write(HERE / "reference" / name, text)
    for path in consoles.pages():
        _write(path, consoles.followed(path))


def _write(path: Path, text: str) -> None:
    if not path.exists() or path.read_text(encoding="utf-8") != text:
        path.write_text(text, encoding="utf-8")
        print(path.relative_to(HERE.parent))


if __name__ == "__main__":
    main()
