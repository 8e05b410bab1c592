"""What is handed in is checked, each file once, by the workers of `check`, and kept."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sheetprop.checking.marks.shares import Share
from sheetprop.checking.report import Report
from sheetprop.classes.grades.record import PAGE, VERSION, RecordFormat
from sheetprop.classes.grades.store import Store
from sheetprop.classes.submitted.submissions import Submission
from sheetprop.reports.look import Look
from sheetprop.whole import begun, discard, finish, make_folder
from sheetprop.workers.pool import answers
from sheetprop.workers.task import Task

PRELOAD = ("formualizer", "sheetprop.checking.picture", "sheetprop.classes.grades.record")
COPIES = "copies"
CHANGED = "it was changed while it was checked; grade once more"
PASSING = (
    "by the clock", "ended from outside", CHANGED, "there is no such file", "it may not be read",
    "it cannot be opened",
)  # fmt: skip
"""In reasons why a file was not read: what may be otherwise the next time."""

FORM = RecordFormat("html", ".json", pictures=True)
Told = Callable[[int, int], None]
Cluster = Callable[[Sequence[Task]], Generator[tuple[int, str]]]
"""What checks tasks elsewhere: the place of each with its record, in whatever order."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What is known of one submission: its record, and where its marked copy is, if it has one.

    The page, which is most of a record, stays in the store, under the `key`.
    """

    record: Mapping[str, Any]
    copy: Path | None
    key: str


def checked(
    found: Sequence[Submission],
    version: str,
    store: Store,
    copies: Path | None,
    told: Told | None,
    meanwhile: Iterator[None],
    cluster: Cluster | None = None,
) -> list[Checked]:
    """Return what is known of each submission; those that are not stored are checked and stored.

    Marked copies are written in the folder `copies`, none where it is None. `meanwhile` is what
    this process does while the workers are busy, a step for each of their answers. A `cluster`
    takes the place of the workers.
    """
    keys = [_key(one, version, has_copy=copies is not None) for one in found]
    places = [None if copies is None else copies / f"{key[:32]}.xlsx" for key in keys]
    if copies is not None:
        make_folder(copies / "copy")
    first = {key: k for k, key in reversed(list(enumerate(keys))) if not _stays(store.get(key))}
    open_ = sorted(first.values())
    written = [(at, begun(at)) if (at := places[k]) else None for k in open_]
    tasks = [
        Task(found[k].name, 1, FORM, Look(), found[k].path.absolute(), copy=copy and copy[1])
        for k, copy in zip(open_, written, strict=True)
    ]
    digests = [found[k].sha256 for k in open_]
    replies = _answered(tasks, digests) if cluster is None else cluster(tasks)
    try:
        with closing(replies):
            for done, (place, text) in enumerate(replies, 1):
                _complete(written[place])
                store.put(keys[open_[place]], text)
                next(meanwhile, None)
                if told:
                    told(done, len(open_))
    finally:
        for copy in filter(None, written):
            discard(copy[1])
    return [
        Checked(_short(store.get(key)), place if place and place.is_file() else None, key)
        for key, place in zip(keys, places, strict=True)
    ]


def _complete(copy: tuple[Path, Path] | None) -> None:
    """Move a marked copy to its place, where one was made: half of one never stands there."""
    if copy is not None and copy[1].is_file():
        finish(copy[1], copy[0], force=True)


def _short(record: Mapping[str, Any] | None) -> Mapping[str, Any]:
    """Return what of a record is kept in memory for all of a class, equal texts once."""
    short = {name: part for name, part in (record or {}).items() if name != PAGE}
    short["shares"] = tuple(Share(**_once(one)) for one in short.get("shares", ()))
    return short


def _once(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: sys.intern(p) if isinstance(p, str) else p for name, p in parts.items()}


def _stays(record: Mapping[str, Any] | None) -> bool:
    """Whether a record is there that another moment on this machine would not change."""
    reason = "" if record is None else record.get("reason") or ""
    return record is not None and not any(told in reason for told in PASSING)


def _answered(tasks: Sequence[Task], digests: Sequence[str]) -> Generator[tuple[int, str]]:
    """Yield the place of each task with its record; `digests` are of the files as they were found.

    What was judged of a file that was changed meanwhile is not kept as what it was before.
    """
    for place, answer in enumerate(answers(tasks, PRELOAD) if tasks else ()):
        text, task, judged = answer.text, tasks[place], answer.report.sha256
        is_changed = judged and judged != digests[place]
        if is_changed:
            text = FORM.piece(Report(task.name, "unreadable", CHANGED), 1, task.look).text
        if task.copy is not None and (is_changed or not answer.has_copy):
            task.copy.unlink(missing_ok=True)
        yield place, text


def _key(submission: Submission, version: str, *, has_copy: bool) -> str:
    """Return what a record depends on: the bytes, the name told in the page, and the version."""
    texts = (submission.sha256, submission.name, version, str(VERSION), str(has_copy))
    return hashlib.sha256("\0".join(texts).encode("utf-8", "surrogateescape")).hexdigest()
