"""Rosters as platforms and people write them, and one sentence for each that cannot be used."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from sheetprop.classes.rosters.roster import Student, read_roster
from sheetprop.errors import SpecError

EXPORTS = {
    "plain": "id,name,e-mail,section\n17,Ada L,ada@x.example,A\n",
    "semicolons": "sep=;\nMatrikelnummer;Vorname;Nachname;E-Mail-Adresse;Gruppe\n"
    "17;Ada;L;ada@x.example;A\n",
    "a remark": "# class of 2026, by section\nid;name\n17;Ada L\n",
    "tabs": "Student ID\tName\tEmail\tSection\n17\tAda L\tada@x.example\tA\n",
    "Canvas": "Student,ID,SIS User ID,SIS Login ID,Section,Final\n"
    "    Points Possible,,,,,20\nAda L,9901,17,ada,A,\n",
    "Moodle": "First name,Surname,ID number,Email address,Group\nAda,L,17,ada@x.example,A\n",
    "Canvas, posted by hand": "Student,ID,SIS User ID,SIS Login ID,Section,Final\n"
    ",,,,,Manual Posting\n    Points Possible,,,,,20\nAda L,9901,17,ada,A,\n",
    "Gradescope": "Name,Email,Role,SID\nProf X,x@x.example,Instructor,\nAda L,,Student,17\n",
    "old Macintosh": "id,name\r17,Ada L\r",
    "two marks": "\ufeff\ufeffStudent ID\tName\n17\tAda L\n",
    "French": "Prenom;Nom;Numéro d\N{RIGHT SINGLE QUOTATION MARK}identification\nAda;L;17\n",
    "Spanish": "Nombre,Apellido(s),Número de ID,Dirección de correo\nAda,L,17,ada@x.example\n",
    "Polish": "Nr indeksu;Imię;Nazwisko\n17;Ada;L\n",
    "Hindi": "नाम,रोल नंबर\nAda L,17\n",
    "Japanese": "学籍番号,氏名\n17,Ada L\n",
    "Google Classroom": "Last Name,First Name,Email Address,Homework\n,,Date,2026-09-01\n"
    ",,Points,20\nL,Ada,ada@x.example,18\n",
    "GitHub Classroom": '"identifier","github_username","github_id","name"\n'
    '"17","ada","5","Ada L"\n',
}


def written(folder: Path, content: str | bytes, name: str = "class.csv") -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize("export", EXPORTS)
def test_columns_are_recognised(export: str, tmp_path: Path) -> None:
    """Whatever wrote the roster, the student has the id and the name that it says."""
    (student,) = read_roster(written(tmp_path, EXPORTS[export]))

    assert (student.id, student.name) == (
        "ada@x.example" if export == "Google Classroom" else "17",
        "Ada L",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings_are_told(encoding: str, tmp_path: Path) -> None:
    """A name with an umlaut is the same in each encoding that programs save by themselves."""
    path = written(tmp_path, "id;name\n1;Jürgen Groß\n".encode(encoding))

    assert read_roster(path) == (Student("1", "Jürgen Groß", line=2),)


def test_a_workbook_may_begin_with_another_sheet(tmp_path: Path) -> None:
    """The class is the first sheet with headers, whatever stands before it."""
    book = Workbook()
    book.active.append(["Keep this list to yourself"])
    list_ = book.create_sheet("Class")
    for row in ["Matrikel-Nr.", "Name"], [17, "Ada L"]:
        list_.append(row)
    book.save(tmp_path / "class.xlsx")

    assert read_roster(tmp_path / "class.xlsx") == (Student("17", "Ada L", line=2),)


def test_a_workbook_is_a_roster(tmp_path: Path) -> None:
    """Numbers are ids as they are shown, the lines are those of the sheet, and a title is none."""
    book = Workbook()
    rows = ["Our class"], ["Student ID", "Name", "Section"], [17, "Ada L", "A"], [18, "Bo", None]
    for row in rows:
        book.active.append(row)
    book.save(tmp_path / "class.xlsx")

    assert read_roster(tmp_path / "class.xlsx") == (
        Student("17", "Ada L", section="A", line=3),
        Student("18", "Bo", line=4),
    )


BAD = {
    "no ids": ("first name,age\nAda,3\n", "line 1 names no column of ids"),
    "twice": ("id,name\na7,Ada\nb8,Bo\nA7,Cy\n", 'line 4: the id "A7" stands in line 2 already'),
    "no text": (b"id,name\n1,Ada\n2,\x00\xff\x81\x8d\n", "line 3 holds bytes that are no text"),
    "control": (b"id,name\n1,A\x07da\n", "line 2 holds bytes that are no text"),
    "long": ("id,name\n1," + "A" * (1 << 20) + "\n", "line 2 has a cell of more than"),
    "longer": ("id,name\n1," + "A" * 500 + "\n", "line 2: the name has 500 characters"),
    "slash": ("id,name\n1,Ada\n../7,Bo\n", "line 3: the id \"../7\" holds '/'"),
    "formula": ('id,name\n1,"=HYPERLINK(1)"\n', "line 2: the name begins with '='"),
    "direction": ("id,name\n1,Ada\u200fL\n", "line 2: the name holds an invisible sign (right-to"),
    "open": ('id,name\n1,"Ada\n2,Bo\n', "line 3 cannot be read (unexpected end of data)"),
    "no id": ("id,name\n1,Ada\n,Bo\n", "line 3 has no id"),
    "empty": ("", "is empty"),
    "apostrophe": ("l'age,name\n3,Ada\n", 'but "l\'age", "name"'),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "of the old kind (.xls)"),
    "nobody": ("id,name\n", "has headers and no student"),
}


@pytest.mark.parametrize("case", BAD)
def test_what_cannot_be_used_gets_a_sentence(case: str, tmp_path: Path) -> None:
    """It names the file, the line and what is wrong, in one line."""
    content, sentence = BAD[case]
    path = written(tmp_path, content)

    with pytest.raises(SpecError) as raised:
        read_roster(path)
    assert sentence in str(raised.value)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_a_roster_that_is_not_there(tmp_path: Path) -> None:
    """The sentence says so."""
    with pytest.raises(SpecError, match="cannot be read"):
        read_roster(tmp_path / "none.csv")
