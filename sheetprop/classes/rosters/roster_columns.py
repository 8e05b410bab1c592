"""Which column of a roster is which, as course platforms and plain lists call them.

For each fact the headers stand in the order in which they are taken: the number a school gives a
student before the account, and that before the address.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from types import MappingProxyType

ID, NAME, FIRST_NAME, LAST_NAME, EMAIL, SECTION, ROLE = (
    "id", "name", "first name", "last name", "email", "section", "role",
)  # fmt: skip

HEADERS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        ID: (
            "student id", "student number", "student no", "id number", "matriculation number",
            "matrikelnummer", "matrikel nr", "matrikelnr", "id nummer", "roll number", "roll no",
            "numéro d'identification", "numéro étudiant", "numéro d'étudiant", "número de id",
            "matrícula", "número de identificação", "matricola", "codice identificativo",
            "studentnummer", "numer indeksu", "nr indeksu", "numer albumu",
            "номер зачётки", "индивидуальный номер", "номер студента", "opiskelijanumero",
            "öğrenci no", "öğrenci numarası", "αριθμός μητρώου", "الرقم الجامعي", "رقم الطالب",
            "अनुक्रमांक", "रोल नंबर", "छात्र आईडी", "学号", "學號", "学籍番号", "学生番号", "학번",
            "sis user id", "sid", "identifier", "id", "user id", "sis login id", "username",
            "user name", "anmeldename", "benutzername", "nom d'utilisateur", "nombre de usuario",
            "login", "login id", "github username", "roster identifier", "github id",
        ),
        NAME: (
            "student name", "full name", "student", "name", "roster name", "vollständiger name",
            "nom complet", "nombre completo", "nome completo", "volledige naam", "naam", "navn",
            "namn", "nimi", "imię i nazwisko", "фио", "имя и фамилия", "ad soyad", "الاسم",
            "नाम", "姓名", "氏名", "名前", "이름", "성명",
        ),
        FIRST_NAME: (
            "first name", "given name", "forename", "vorname", "prénom", "nombre", "nome",
            "voornaam", "fornavn", "förnamn", "etunimi", "imię", "имя", "ad", "adı", "名", "이름",
        ),
        LAST_NAME: (
            "last name", "surname", "family name", "nachname", "familienname", "nom",
            "nom de famille", "apellidos", "apellido", "apellido s", "sobrenome", "apelido",
            "cognome", "achternaam", "etternavn", "efternavn", "efternamn", "sukunimi", "nazwisko",
            "фамилия", "soyad", "soyadı", "姓", "성",
        ),
        EMAIL: (
            "email address", "email", "mail", "e mail", "e mail address", "e mail adresse",
            "adresse de courriel", "adresse e mail", "courriel", "dirección de correo",
            "dirección email", "correo electrónico", "correo", "endereço de email",
            "endereço de e mail", "indirizzo email", "indirizzo e mail", "e mailadres",
            "e postadresse", "e post", "epost", "e postadress", "sähköposti", "adres e mail",
            "адрес электронной почты", "электронная почта", "почта", "e posta", "e posta adresi",
            "البريد الإلكتروني", "ईमेल", "邮箱", "電子郵件", "电子邮件", "メールアドレス", "이메일",
        ),
        SECTION: (
            "section", "sections", "group", "groups", "class", "course", "gruppe", "gruppen",
            "groupe", "groupes", "grupo", "grupos", "gruppo", "gruppi", "groep", "grupp", "grupa",
            "группа", "grup", "班级", "班級", "クラス", "कक्षा", "반",
        ),
        ROLE: ("role", "roles", "rolle", "rollen", "rôle", "rôles", "rol"),
    }
)  # fmt: skip

Columns = Mapping[str, tuple[int, ...]]
"""The columns that may hold a fact, the likeliest first, counted from 0."""


def columns_of(header: Sequence[str]) -> Columns:
    """Return the columns of a row of headers that are recognised."""
    names = [_bare(cell) for cell in header]
    return {
        fact: tuple(names.index(known) for known in headers if known in names)
        for fact, headers in _BARE.items()
    }


def known_in(header: Sequence[str]) -> int:
    """Return how many headers of a row are recognised."""
    return sum(map(len, columns_of(header).values()))


def plain(header: str) -> str:
    """Return a header in lower case, with a space for every sign between its words."""
    return re.sub(r"[\s_\-./()#]+", " ", header.casefold()).strip(" :*")


def _bare(header: str) -> str:
    """Return a header without its accents, which people leave out."""
    text = unicodedata.normalize("NFKD", header.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    return plain("".join(sign for sign in text if not unicodedata.combining(sign)))


_BARE = {fact: tuple(dict.fromkeys(map(_bare, words))) for fact, words in HEADERS.items()}
