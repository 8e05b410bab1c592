"""Rosters of any script, encoding, separator and file are the same class."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Sequence
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from sheetprop.classes.rosters.roster import Student, read_roster
from sheetprop.errors import SheetpropError, SpecError

SCRIPTS = {
    "utf-8": "äßñ Ωλд 山田 שלום नाम",
    "utf-8-sig": "äßñ Ωλд 山田",
    "utf-16": "äßñ Ωλд 山田",
    "utf-16-le": "äßñéö",
    "utf-16-be": "äßñéö",
    "cp1251": "абвгджящюя",
    "shift_jis": "山田太郎佐藤鈴木一",
}
"""Letters that names are made of, by the encoding that a file is saved in."""

CELLS = {encoding: letters.replace(" ", "") for encoding, letters in SCRIPTS.items()}
HEADER = ("Student ID", "Name", "Section")


def names_in(letters: str) -> st.SearchStrategy[str]:
    """Return names of some letters, with a break of the line or a sign of CSV now and then."""
    word = st.text(letters, min_size=3, max_size=8).map(lambda text: text[0].upper() + text[1:])
    between = st.sampled_from((" ", " ", ", ", "; ", '"', "\n", "\t", "'"))
    return st.tuples(word, between, word).map("".join)


@st.composite
def classes(draw: st.DrawFn) -> tuple[str, str, list[tuple[str, str]]]:
    """Return an encoding, a separator, and students with names that it can write."""
    encoding = draw(st.sampled_from(sorted(SCRIPTS)))
    names = draw(st.lists(names_in(CELLS[encoding]), min_size=4, max_size=9))
    separator = draw(st.sampled_from(",;\t|"))
    return encoding, separator, [(f"s{k}", name) for k, name in enumerate(names)]


def text_of(rows: Sequence[Sequence[str]], separator: str, ending: str = "\r\n") -> str:
    file = StringIO(newline="")
    csv.writer(file, delimiter=separator, lineterminator=ending).writerows(rows)
    return file.getvalue()


def on_one_line(name: str) -> str:
    return " ".join(name.split())


@pytest.mark.slow
@given(classes(), st.sampled_from(("\n", "\r\n")))
def test_text_of_any_kind_is_read(
    drawn: tuple[str, str, list[tuple[str, str]]], ending: str
) -> None:
    """Names are those that were written, line breaks between quotation marks included."""
    encoding, separator, students = drawn
    rows = [HEADER, *((id_, name, "A") for id_, name in students)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.csv"
        path.write_bytes(text_of(rows, separator, ending).encode(encoding))
        found = read_roster(path)

    assert [(one.id, one.name) for one in found] == [
        (id_, on_one_line(name)) for id_, name in students
    ]


@pytest.mark.slow
@given(classes())
def test_a_workbook_says_the_same(drawn: tuple[str, str, list[tuple[str, str]]]) -> None:
    """A class list in .xlsx is the same class."""
    _, _, students = drawn
    book = Workbook()
    for row in (HEADER, *((id_, name, "A") for id_, name in students)):
        book.active.append(row)
    with tempfile.TemporaryDirectory() as folder:
        book.save(path := Path(folder) / "class.xlsx")
        found = read_roster(path)

    assert [(one.id, one.name) for one in found] == [
        (id_, on_one_line(name)) for id_, name in students
    ]


@pytest.mark.slow
@given(
    st.binary(max_size=400)
    | st.text(max_size=200).map(lambda t: ("id,name\n" + t).encode("utf-8", "replace"))
)
def test_whatever_it_is_there_are_students_or_a_sentence(content: bytes) -> None:
    """No file raises anything else than one sentence that names it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.csv"
        path.write_bytes(content)
        told: str | None = None
        found: tuple[Student, ...] = ()
        try:
            found = read_roster(path)
        except SheetpropError as error:
            told = str(error)

    assert len({one.id.casefold() for one in found}) == len(found)
    assert bool(found) is (told is None)
    assert told is None or (told.startswith(str(path)) and len(told.splitlines()) == 1)


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("cp1251", "Жанна Щукина"),
        ("shift_jis", "山田太郎"),
        ("cp1252", "Zoë Groß"),
        ("cp1252", "Åse Ødegård-Čáp".replace("Č", "C")),
        ("cp1250", "Łukasz Żak"),
        ("mac_roman", "Zoë Groß"),
        ("gb18030", "张伟"),
    ],
)
def test_old_encodings_are_told_from_one_another(encoding: str, name: str, tmp_path: Path) -> None:
    """A file without a mark is read as what its bytes are likely to be."""
    path = tmp_path / "class.csv"
    path.write_bytes(f"id;name\n1;{name}\n".encode(encoding))

    assert [one.name for one in read_roster(path)] == [name]


def test_the_line_of_a_row_is_where_it_begins(tmp_path: Path) -> None:
    """A name over two lines before it moves the line that a sentence tells."""
    path = tmp_path / "class.csv"
    path.write_text('id,name\n1,"Ada\nL"\n2,Bo\n2,Cy\n')

    with pytest.raises(SpecError, match='line 5: the id "2" stands in line 4'):
        read_roster(path)
