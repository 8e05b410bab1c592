"""What kind of file is this, and is it safe to read? The file's parts, once it is.

A workbook is a zip archive of XML parts. Everything a stranger can hand in goes through here first:
nothing is unpacked before the archive's directory was checked, no part may declare a document type
(the only way to smuggle in entities), and nothing outside the archive is ever opened.
"""

from __future__ import annotations

import zipfile
from io import BytesIO, FileIO
from pathlib import Path
from urllib.parse import unquote
from xml.parsers import expat

from sheetprop.bounded import content_of, opened
from sheetprop.errors import WorkbookError

MAX_TOTAL = 1 << 30
MAX_PART = 512 << 20
MAX_PARTS = 10_000
MAX_RATIO = 1000
RATIO_FROM = 10 << 20
MAX_FILE = 256 << 20
MAX_DIRECTORY = 8 << 20
"""Bytes of the archive's list of its parts: a real one has a hundred for each part."""

FARTHEST = 1 << 62
"""A place that no file has; an archive may name ones that no number of the system can hold."""

LONGEST_NAME = 99
"""Letters of a part's name that are told."""

COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

SAVE_AS = "open it in a spreadsheet program and save it as .xlsx"
OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
KNOWN_STARTS = (
    (b"%PDF", "a PDF document, not a workbook; hand in the .xlsx file itself"),
    (b"\x89PNG", "a picture, not a workbook; hand in the .xlsx file itself"),
    (b"\xff\xd8\xff", "a picture, not a workbook; hand in the .xlsx file itself"),
    (b"GIF8", "a picture, not a workbook; hand in the .xlsx file itself"),
    (b"\x1f\x8b", "a compressed archive, not a workbook; unpack it first"),
    (b"Rar!", "a compressed archive, not a workbook; unpack it first"),
    (b"7z\xbc\xaf", "a compressed archive, not a workbook; unpack it first"),
)


class UnsafeXmlError(ValueError):
    """A part declares a document type, which no spreadsheet program writes."""


class Content(BytesIO):
    """A workbook's bytes, of which not too many are read at once while the archive is opened.

    All parts are listed then, and a list of millions takes gigabytes.
    """

    is_open = False

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes. Raises `BadZipFile` for a list longer than any real one."""
        if not self.is_open and size is not None and size > MAX_DIRECTORY:
            raise zipfile.BadZipFile("a list of parts that is too long")
        return super().read(size)

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place. Raises `BadZipFile` for one that no file has."""
        refuse_place(offset, whence)
        return super().seek(offset, whence)


class ContentOnDisk(FileIO):
    """An archive on disk, of which not too much is read at once while it is opened.

    Neither a pipe nor a device is waited for. Raises `OSError` for them when it is made.
    """

    is_open = False

    def __init__(self, path: Path, longest_list: int = MAX_DIRECTORY) -> None:
        super().__init__(path, opener=opened)
        self.longest_list = longest_list

    def read(self, size: int | None = -1, /) -> bytes:
        """Return the next bytes. Raises `BadZipFile` for a list longer than any real one."""
        if not self.is_open and size is not None and size > self.longest_list:
            raise zipfile.BadZipFile("it lists more than a class can hand in; unpack it")
        return super().read(size) or b""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Go to a place. Raises `BadZipFile` for one that no file has."""
        refuse_place(offset, whence)
        return super().seek(offset, whence)


def refuse_place(offset: int, whence: int) -> None:
    """Raise `BadZipFile` where an archive leads before its beginning, or beyond all files."""
    if whence == 0 and not 0 <= offset < FARTHEST:
        raise zipfile.BadZipFile("it leads outside of itself")


def open_package(path: Path, content: bytes | None = None) -> zipfile.ZipFile:
    """Open the archive of the workbook at `path`, its directory checked.

    `content` are its bytes, where they are known. Raises `WorkbookError` for whatever is missing,
    unreadable, no zip archive, or too large.
    """
    content = content_at(path) if content is None else content
    refuse_what_is_no_archive(path, content)
    archive = package_in(path, Content(content))
    try:
        refuse_twins(path, archive.infolist())
    except WorkbookError:
        archive.close()
        raise
    return archive


def package_in(path: Path, file: Content | ContentOnDisk) -> zipfile.ZipFile:
    """Open the archive in a file, its directory checked. Raises `WorkbookError` for a bad one."""
    try:
        archive = zipfile.ZipFile(file)
        file.is_open = True
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        reason = "it is damaged or cut off; download or copy the file again"
        raise WorkbookError(path, reason) from error
    try:
        refuse_bombs(path, archive.infolist())
    except WorkbookError:
        archive.close()
        raise
    return archive


def content_at(path: Path) -> bytes:
    """Return the bytes of the file, or raise why there are none."""
    try:
        if path.is_dir():
            raise WorkbookError(path, "it is a folder; name the workbook inside it")
        if path.exists() and not path.is_file():
            raise WorkbookError(path, "it is no ordinary file; name a workbook on disk")
        if path.stat().st_size > MAX_FILE:  # so that nobody reads so much in vain
            raise WorkbookError(path, f"it is larger than {MAX_FILE >> 20} MiB; {SAVE_AS}")
        return content_of(path, MAX_FILE)
    except FileNotFoundError as error:
        raise WorkbookError(path, "there is no such file; check the name") from error
    except PermissionError as error:
        raise WorkbookError(path, "it may not be read; change its permissions") from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise WorkbookError(path, f"it cannot be opened ({reason}); check the name") from error


def refuse_what_is_no_archive(path: Path, content: bytes) -> None:
    """Raise `WorkbookError` with what the file is instead, unless it begins like a zip archive."""
    if not content:
        raise WorkbookError(path, "it is empty (0 bytes); save or download it again")
    if content.startswith(b"PK"):
        if len(content) > MAX_FILE:
            raise WorkbookError(path, f"it is larger than {MAX_FILE >> 20} MiB; {SAVE_AS}")
        return
    if content.startswith(OLE2):
        raise WorkbookError(path, reason_for_ole2(content))
    for signature, what in KNOWN_STARTS:
        if content.startswith(signature):
            raise WorkbookError(path, f"it is {what}")
    if path.suffix.lower() in {".csv", ".tsv"}:
        raise WorkbookError(path, "it is a table of text without formulas; hand in the .xlsx file")
    what = "text" if is_text(content[:4096]) else "of a kind that is not known"
    raise WorkbookError(path, f"it is no workbook but {what}; {SAVE_AS}")


def is_text(start: bytes) -> bool:
    """Whether the bytes look like a text file."""
    return b"\0" not in start and sum(byte < 9 or 13 < byte < 32 for byte in start) == 0


def reason_for_ole2(content: bytes) -> str:
    """Tell an encrypted workbook from one of the format before 2007: both are OLE2 files."""
    if "EncryptedPackage".encode("utf-16-le") in content:
        return "it is protected by a password; save it without one"
    for stream in ("Workbook", "Book"):
        if stream.encode("utf-16-le") in content:
            return "it is an old .xls workbook; save it as .xlsx"
    return f"it is an old Office document, not a workbook; {SAVE_AS}"


def refuse_bombs(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Raise `WorkbookError` when unpacking would take unreasonable space, or needs a password."""
    if len(parts) > MAX_PARTS:
        raise WorkbookError(path, f"it has {len(parts)} parts, more than any real workbook")
    if any(part.flag_bits & 1 for part in parts):
        raise WorkbookError(path, "it is protected by a password; save it without one")
    if any(part.compress_type not in COMPRESSIONS for part in parts):
        # Others can ask for gigabytes of working memory in a few bytes.
        raise WorkbookError(path, f"it is compressed as no spreadsheet program does; {SAVE_AS}")
    too_large = sum(part.file_size for part in parts) > MAX_TOTAL
    if too_large or any(part.file_size > MAX_PART for part in parts):
        raise WorkbookError(path, "it is too large when unpacked; remove what is not needed")
    if any(map(is_bomb, parts)):
        raise WorkbookError(path, f"it unpacks to more than {MAX_RATIO} times its size; {SAVE_AS}")


def refuse_twins(path: Path, parts: list[zipfile.ZipInfo]) -> None:
    """Raise `WorkbookError` where two parts have one name, which ECMA-376 forbids.

    Capitals and percent signs make no other name of it. One program takes the first, another the
    last: what was judged, or found harmless, would not be what is opened.
    """
    seen: set[str] = set()
    for part in parts:
        name = unquote(part.filename).replace("\\", "/").lstrip("/").casefold()
        if name in seen and not name.endswith("/"):
            reason = f"two of its parts are both called {part.filename[:LONGEST_NAME]}; {SAVE_AS}"
            raise WorkbookError(path, reason)
        seen.add(name)


def is_bomb(part: zipfile.ZipInfo) -> bool:
    """Whether a large part is compressed more than real content ever is."""
    return part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * part.compress_size


def refuse_doctype(content: bytes) -> None:
    """Raise `UnsafeXmlError` when the XML declares a document type, whatever its encoding.

    Stops at the first element, behind which no declaration may stand.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found_doctype
    parser.StartElementHandler = found_element
    try:
        parser.Parse(content, True)
    except (StopIteration, expat.ExpatError):  # whoever reads it says what is broken
        return


def found_doctype(*_: object) -> None:
    """Refuse a declaration (a handler of the parser)."""
    raise UnsafeXmlError("a document type declaration")


def found_element(*_: object) -> None:
    """Stop: nothing dangerous can follow (a handler of the parser)."""
    raise StopIteration
