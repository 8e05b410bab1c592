"""Which column of a roster is which, as course platforms and plain lists call them.

For each fact the headers stand in the order in which they are taken: the number a school gives a
student before the account, and that before the address.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

ID, NAME, FIRST_NAME, LAST_NAME, EMAIL, SECTION = (
    "id", "name", "first name", "last name", "email", "section",
)  # fmt: skip

HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ID: (
            "student id", "student number", "student no", "id number", "matriculation number",
            "matrikelnummer", "roll number", "roll no", "sis user id", "sid", "identifier", "id",
            "user id", "sis login id", "username", "user name", "login", "login id",
            "github username", "roster identifier", "github id",
        ),
        NAME: ("student name", "full name", "student", "name", "roster name", "vollständiger name"),
        FIRST_NAME: ("first name", "given name", "forename", "vorname"),
        LAST_NAME: ("last name", "surname", "family name", "nachname"),
        EMAIL: ("email address", "email", "mail", "e mail", "e mail address", "e mail adresse"),
        SECTION: ("section", "sections", "group", "groups", "class", "course", "gruppe"),
    }
)  # fmt: skip

Columns = Mapping[str, tuple[int, ...]]
"""The columns that may hold a fact, the likeliest first, counted from 0."""


def columns_of(header: Sequence[str]) -> Columns:
    """Return the columns of a row of headers that are recognised."""
    names = [plain(cell) for cell in header]
    return {
        fact: tuple(names.index(known) for known in headers if known in names)
        for fact, headers in HEADERS.items()
    }


def known_in(header: Sequence[str]) -> int:
    """Return how many headers of a row are recognised."""
    return sum(map(len, columns_of(header).values()))


def plain(header: str) -> str:
    """Return a header in lower case, with a space for every sign between its words."""
    return re.sub(r"[\s_\-./]+", " ", header.casefold()).strip(" :*")
