"""The class report and the students' pages in a browser, looked through by axe-core."""

from __future__ import annotations

import html
import json
import os
import re
import subprocess
from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

import sheetprop

AXE = os.environ.get("SHEETPROP_AXE", "")
WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
SERIOUS = ("serious", "critical")
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>')
LOOK = """<script>
axe.run(document, {resultTypes: ["violations"]}).then(found => {
  const told = document.createElement("pre");
  told.id = "violations";
  told.textContent = JSON.stringify(found.violations.map(one => ({
    id: one.id, impact: one.impact, nodes: one.nodes.map(node => node.html).slice(0, 3)})));
  document.body.append(told);
});
</script></body>"""

pytestmark = [pytest.mark.slow, pytest.mark.browser]


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The pages of a class of four: right, wrong, copied, no workbook."""
    folder = tmp_path_factory.mktemp("class")
    (folder / "in").mkdir()
    save(folder / "in" / "ada.xlsx", Table())
    for name in ("bo", "cy"):
        save(folder / "in" / f"{name}.xlsx", WRONG)
    (folder / "in" / "di.xlsx").write_text("no workbook")
    sheetprop.grade(folder / "in", output=folder / "out", copies=False)
    reports = {name: folder / "out" / "reports" / f"{name}.html" for name in ("ada", "bo", "di")}
    return {"class": folder / "out" / "class.html", **reports}


def chromium(page: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    quiet = ["--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--v=0"]
    place = [f"--user-data-dir={folder / 'browser'}", "--virtual-time-budget=20000"]
    command = ["chromium", *quiet, *place, *options, page.as_uri()]
    return subprocess.run(command, check=True, capture_output=True, text=True, timeout=150)


@pytest.mark.parametrize("name", ["class", "bo"])
def test_a_browser_has_nothing_to_say(name: str, pages: dict[str, Path], tmp_path: Path) -> None:
    """No error on the console; a request to anywhere would be one, since the page forbids all."""
    done = chromium(pages[name], tmp_path, "--dump-dom")

    assert "</html>" in done.stdout
    assert "CONSOLE" not in done.stderr
    assert "default-src 'none'" in html.unescape(pages[name].read_text())


@pytest.mark.axe
@pytest.mark.skipif(not Path(AXE).is_file(), reason="SHEETPROP_AXE names no axe.min.js (axe-core)")
@pytest.mark.parametrize("name", ["class", "ada", "bo", "di"])
def test_pages_are_accessible(name: str, pages: dict[str, Path], tmp_path: Path) -> None:
    """axe-core finds nothing serious; for its script alone the page's policy is left out."""
    page = tmp_path / "page.html"
    script = f"<script>{Path(AXE).read_text(encoding='utf-8')}</script>"
    text = POLICY.sub("", pages[name].read_text(encoding="utf-8"))
    page.write_text(text.replace("</body>", script + LOOK), encoding="utf-8")
    shown = chromium(page, tmp_path, "--dump-dom").stdout
    told = re.search(r'<pre id="violations">(.*?)</pre>', shown, re.DOTALL)

    assert told is not None
    assert [v for v in json.loads(html.unescape(told[1])) if v["impact"] in SERIOUS] == []
