"""``check -o``: one file or a folder, in the format that its name says, nothing overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from reported import wrong_table
from worksheets import Table, save

from sheetprop.batch.given import all_given
from sheetprop.batch.names import Names, report_paths
from sheetprop.cli import main
from sheetprop.errors import WorkbookError
from sheetprop.reports import FORMATS

BEGINNINGS = {
    "text": "",
    "json": '{"schema": 2',
    "csv": "file,verdict,",
    "html": "<!doctype html>",
    "markdown": "## ",
    "junit": "<?xml",
}


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("books")
    tables = {"right": Table(), "wrong": wrong_table(8)}
    return [str(save(folder / f"{name}.xlsx", table)) for name, table in tables.items()]


def paths_of(output: str, files: list[str], suffix: str, *, force: bool = False) -> list[Path]:
    """Return where the reports of files are written."""
    given = all_given(files).files
    return report_paths(output, given, Names(given), suffix, force=force)


@pytest.mark.slow
@pytest.mark.parametrize("name", FORMATS)
def test_each_format_into_a_folder(
    name: str, books: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A missing folder is made, each workbook has its report, and the paths are printed."""
    folder = tmp_path / "deep" / "er"

    assert main(["check", *books, "--format", name, "-o", f"{folder}/"]) == 1

    suffix = FORMATS[name].suffix
    paths = [folder / f"right{suffix}", folder / f"wrong{suffix}"]
    assert capsys.readouterr().out.splitlines() == [str(path) for path in paths]
    assert sorted(folder.iterdir()) == paths
    for path in paths:
        assert path.read_text(encoding="utf-8").startswith(
            BEGINNINGS[name] or str(Path(books[0]).parent)
        )


@pytest.mark.slow
@pytest.mark.parametrize(
    ("file", "beginning"),
    [("a.html", "<!doctype"), ("a.md", "## "), ("a.xml", "<?xml"), ("a.json", "{"), ("a.txt", "/")],
)
def test_the_name_says_the_format(
    file: str, beginning: str, books: list[str], tmp_path: Path
) -> None:
    """Without --format the suffix chooses it, and one file holds all reports."""
    assert main(["check", *books, "-o", str(tmp_path / file)]) == 1

    content = (tmp_path / file).read_text(encoding="utf-8")
    assert content.startswith(beginning)
    assert "right.xlsx" in content
    assert "wrong.xlsx" in content


def test_a_format_that_is_named_goes_before_the_suffix(books: list[str], tmp_path: Path) -> None:
    """--format says what is written, whatever the file is called."""
    main(["check", books[0], "--json", "-o", str(tmp_path / "a.html")])

    assert json.loads((tmp_path / "a.html").read_text(encoding="utf-8"))["schema"] == 2


def test_nothing_is_overwritten_unasked(
    books: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A file that exists stays as it is without --force, and no other is written either."""
    (tmp_path / "wrong.txt").write_text("mine")

    assert main(["check", *books, "-o", f"{tmp_path}/"]) == 2
    assert "--force" in capsys.readouterr().err
    assert [path.read_text() for path in tmp_path.iterdir()] == ["mine"]
    assert main(["check", *books, "-o", f"{tmp_path}/", "--force"]) == 1
    assert "1 mistake" in (tmp_path / "wrong.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("output", ["", "report", "student.xlsx", "a.ODS"])
def test_what_is_no_place_for_a_report(output: str) -> None:
    """No path, a name without suffix, and the name of a workbook are refused with a reason."""
    with pytest.raises(WorkbookError):
        paths_of(output, ["a.xlsx"], ".html", force=True)


def test_workbooks_of_one_name_have_reports_of_their_own(tmp_path: Path) -> None:
    """Two workbooks called alike do not share a report, capitals or not."""
    files = ["a/x.xlsx", "b/X.xlsx", "c/x.xlsx", "x-2.xlsx"]

    names = [path.name for path in paths_of(f"{tmp_path}/", files, ".md")]

    assert len({name.lower() for name in names}) == 4
    assert names[0] == "x.md"


@pytest.mark.slow
def test_pages_are_written_at_once_to_stdout(
    books: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Several files make one page on stdout."""
    main(["check", *books, "--format", "html"])

    assert capsys.readouterr().out.count("<html") == 1


@pytest.mark.slow
@pytest.mark.parametrize("order", ["before", "after"])
def test_a_workbook_after_score_is_no_rubric(
    order: str, books: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """--score takes a rubric only where a TOML file follows."""
    words = ["--score", books[1]] if order == "before" else [books[1], "--score"]

    assert main(["check", *words]) == 1
    assert "with follow-through" in capsys.readouterr().out


@pytest.mark.slow
def test_json_has_the_marks_as_data(books: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Families with their points stand in the object, and their sums."""
    assert main(["check", books[1], "--json", "--score"]) == 1

    found = json.loads(capsys.readouterr().out)["marks"]
    earned = [family["with_follow_through"] for family in found["families"]]
    assert found["with_follow_through"] == sum(earned) < found["possible"]
