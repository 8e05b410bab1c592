"""Make the README's pictures from the current code: ``python tests/pictures.py``.

Builds the classic workbook, lets LibreOffice turn it into a PDF and cuts pictures out of it. Needs
LibreOffice (soffice), and pdftoppm and pdftotext from poppler-utils.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import sheetprop

FOLDER = Path(__file__).parent / "pictures"
PARTS = {
    # name: sheet, dots per inch, left, top, width, height in dots
    "rate-sheet": ("η=0.1", 260, 95, 100, 1400, 330),
    "compare-sheet": ("Compare", 110, 20, 40, 1240, 690),
    "derivation": ("Derivation", 110, 30, 60, 1230, 800),
    "gradient-check": ("Gradient check", 110, 30, 60, 1230, 800),
}


def main() -> None:
    """Write the pictures into ``tests/pictures``."""
    soffice, pdftoppm = shutil.which("soffice"), shutil.which("pdftoppm")
    if soffice is None or pdftoppm is None:
        sys.exit("needs LibreOffice (soffice) and pdftoppm: apt-get install libreoffice-calc")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        book = sheetprop.build(learning_rates=[0.1, 0.5, 2], output=folder / "classic.xlsx")
        profile = f"-env:UserInstallation=file://{folder / 'profile'}"
        convert = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", name]
        subprocess.run([*convert, str(book)], check=True, capture_output=True)
        first = _first_pages(folder / "classic.pdf")
        for part, (sheet, dpi, left, top, width, height) in PARTS.items():
            page = first[sheet]
            cut = f"-png -singlefile -r {dpi} -f {page} -x {left} -y {top} -W {width} -H {height}"
            source, target = str(folder / "classic.pdf"), str(FOLDER / part)
            subprocess.run([pdftoppm, *cut.split(), source, target], check=True)


def _first_pages(pdf: Path) -> dict[str, int]:
    """Return the first page of each sheet, whose name stands at the foot of its pages."""
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True
    ).stdout
    found: dict[str, int] = {}
    for number, page in enumerate(text.decode().split("\f")[:-1], 1):
        foot = page.rstrip().splitlines()[-1]
        found.setdefault(foot.partition("  ")[0].strip(), number)
    return found


if __name__ == "__main__":
    main()
