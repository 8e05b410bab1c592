"""Make the README's pictures from the current code: ``python tests/pictures.py``.

Builds the classic workbook, lets LibreOffice turn it into a PDF and cuts two pictures out of it.
Needs LibreOffice (soffice) and pdftoppm, from poppler-utils.
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
    # name: page, dots per inch, left, top, width, height in dots
    "rate-sheet": (2, 260, 95, 100, 1400, 330),
    "compare-sheet": (5, 110, 20, 40, 1240, 690),
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
        for part, (page, dpi, left, top, width, height) in PARTS.items():
            cut = f"-png -singlefile -r {dpi} -f {page} -x {left} -y {top} -W {width} -H {height}"
            source, target = str(folder / "classic.pdf"), str(FOLDER / part)
            subprocess.run([pdftoppm, *cut.split(), source, target], check=True)


if __name__ == "__main__":
    main()
