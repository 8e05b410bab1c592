"""The page: complete in itself, well formed, for keyboards too, and safe whatever cells hold."""

from __future__ import annotations

import re
import struct
import subprocess
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from reported import hostile_report, marked, report_of, unreadable_report
from worksheets import Table

from sheetprop.checking.report import Finding, Place, Report
from sheetprop.reports import html

VOID = {"meta", "br", "path"}


class Page(HTMLParser):
    """Elements and texts of a page; asserts that every element is closed where it belongs."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append((self.open[-1] if self.open else "", data))

    def values(self, attribute: str) -> list[str]:
        """Return all values of an attribute."""
        return [value for _, found in self.elements if (value := found.get(attribute)) is not None]

    def text_in(self, tag: str) -> list[str]:
        """Return the texts directly in elements of a kind."""
        return [text for parent, text in self.texts if parent == tag]


@pytest.fixture(scope="module")
def page(wrong: Report) -> Page:
    return Page(html.render([wrong]))


def test_the_right_and_the_wrong_formula_are_marked(page: Page) -> None:
    """The wrong part of the student's formula and its counterpart are marked."""
    assert page.text_in("mark") == ["J32", "J32"]
    assert page.text_in("ins") == ["L32", "L32"]


def test_wrong_places_are_coloured_and_numbered(page: Page) -> None:
    """Every shown cell of the two wrong columns, and no other, has the class and the number."""
    wrong = [found for tag, found in page.elements if tag == "td" and "title" in found]
    coloured = [found["title"] for found in wrong if found.get("class") == "error"]
    rows = [*range(32, 44), 49, 50, 51]

    assert [str(title).split(":")[0] for title in coloured] == [
        f"{column}{row}" for row in rows for column in ("Z", "AA")
    ]
    assert page.text_in("sup") == ["1"] * len(coloured)
    assert len(wrong) == 31 * len(rows)


def test_a_missing_chart_colours_no_cell(wrong: Report) -> None:
    """What is said about charts stands in the list, but the cells it names are not wrong."""
    place = Place("Sheet1", "W32:W51", "E_total")
    chart = Finding("no-chart", "SP502", "warning", (place,), "No chart shows E_total.")
    shown = Page(html.render([replace(wrong, findings=(*wrong.findings, chart))]))

    assert set(shown.text_in("sup")) == {"1"}
    assert "no-chart: E_total " in shown.text_in("h4")[-1] + " "


def test_iterations_left_out_are_counted(page: Page) -> None:
    """Between the first twelve and the last three the page says how many are missing."""
    assert page.text_in("td").count("⋮ 5 more iterations") == 3


@pytest.mark.slow
def test_an_iteration_with_a_finding_is_shown(tmp_path: Path) -> None:
    """Where only a middle row is wrong, that row is shown too."""
    report = report_of(tmp_path, Table(iterations=60).changed("h1", "={w1}*{i1}", [30]))

    assert report.pictures[0].steps == (*range(12), 30, 57, 58, 59)
    assert 'class="error" title="I62' in html.render([report])


def test_both_runs_are_drawn(page: Page, right: Report) -> None:
    """The student's curve lies over the right one; the drawing has a name for those who hear it."""
    drawing = next(found for tag, found in page.elements if tag == "svg")
    runs = [f["d"] for t, f in page.elements if t == "path" and "run" in str(f["class"])]

    assert drawing["role"] == "img"
    assert "E_total" in str(drawing["aria-label"])
    assert [str(run).count("L") for run in runs[:2]] == [19, 19]
    same = [f["d"] for t, f in Page(html.render([right])).elements if t == "path"]
    assert len(same) > len(set(same))


@pytest.mark.parametrize("anonymous", [False, True], ids=["one", "several"])
def test_every_link_leads_somewhere(wrong: Report, right: Report, *, anonymous: bool) -> None:
    """All links are anchors of the page, and no id is given twice."""
    reports = [wrong, right, marked(wrong)] if anonymous else [wrong]
    several = Page(html.render(reports))
    ids = several.values("id")

    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in several.values("href")} <= set(ids)
    assert len(several.text_in("h1")) == 1


def test_the_page_is_structured_for_readers_of_all_kinds(page: Page) -> None:
    """Language, viewport, headings, scopes, labels of regions; what scrolls can have the focus."""
    assert "en" in page.values("lang")
    assert "width=device-width, initial-scale=1" in page.values("content")
    headers = [found for tag, found in page.elements if tag == "th"]
    assert all(found.get("scope") in ("row", "col") for found in headers)
    regions = [found for _, found in page.elements if found.get("role") == "region"]
    assert regions
    assert all(found["tabindex"] == "0" and found["aria-label"] for found in regions)
    style = "".join(page.text_in("style"))
    for needed in (":focus-visible", "prefers-color-scheme: dark", "@media print"):
        assert needed in style


@pytest.mark.parametrize("which", ["wrong", "hostile", "unreadable"])
def test_nothing_is_loaded_or_run(which: str, wrong: Report) -> None:
    """No address outside the page, no script, no handler; the page's own policy forbids them."""
    report = {"wrong": wrong, "hostile": hostile_report(), "unreadable": unreadable_report()}[which]
    text = html.render([report])
    page = Page(text)

    assert "default-src 'none'; style-src 'unsafe-inline'" in page.values("content")
    assert {tag for tag, _ in page.elements} & {
        "script",
        "link",
        "img",
        "iframe",
        "object",
    } == set()
    assert page.values("src") == []
    assert not [name for _, found in page.elements for name in found if name.startswith("on")]
    assert not re.search(r"https?:|//|@import|url\(", "".join(page.text_in("style")))
    assert all(link.startswith("#") for link in page.values("href"))


def test_texts_of_strangers_are_shown_and_not_obeyed() -> None:
    """Markup in cells, names of sheets and files is text; nothing unprintable is left of it."""
    text = html.render([hostile_report()])
    page = Page(text)

    assert "<script" not in text
    assert text.isascii()
    assert any("<script>alert(1)</script>" in shown for shown in page.text_in("code"))
    assert "\x00" not in text
    assert not re.search(r"&#(?:0|27|8238|55296|65534);", text)
    assert text.count("</style>") == 1


def test_several_files_make_one_page(wrong: Report, right: Report) -> None:
    """A table of contents leads to a section for each; without pictures there is no table."""
    page = Page(html.render([wrong, replace(right, pictures=()), unreadable_report()]))

    assert [v for v in page.values("id") if re.fullmatch(r"file\d", v)] == [
        *("file1", "file2", "file3")
    ]
    assert page.text_in("h1") == ["3 workbooks"]
    assert len([tag for tag, _ in page.elements if tag == "svg"]) == 1


def test_marks_are_shown(wrong: Report) -> None:
    """The points as they stand and with follow-through stand in a table of their own."""
    page = Page(html.render([marked(wrong)]))

    assert "with follow-through" in page.text_in("th")
    assert "hidden gradients" in page.text_in("th")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_a_browser_shows_it(width: int, wrong: Report, tmp_path: Path) -> None:
    """Chromium opens the page, on a phone and on a desk, and draws what is on it."""
    (tmp_path / "page.html").write_text(html.render([wrong, hostile_report()]), encoding="utf-8")
    picture = tmp_path / "page.png"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars"]
    place = [f"--user-data-dir={tmp_path / 'browser'}", f"--window-size={width},900"]
    command = ["chromium", *options, *place, f"--screenshot={picture}"]
    subprocess.run(
        [*command, (tmp_path / "page.html").as_uri()], check=True, capture_output=True, timeout=120
    )

    content = picture.read_bytes()
    assert struct.unpack(">II", content[16:24]) == (width, 900)
    assert len(content) > 20_000  # an empty page has a tenth of it
