"""The same checks on a Dask cluster: batches go to its workers, records come back."""

from __future__ import annotations

import tempfile
from collections.abc import Generator, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from sheetprop.classes.machines.extras import needed
from sheetprop.errors import SheetpropError, WorkbookError
from sheetprop.workbooks.reading.package import content_at
from sheetprop.workers.pool import answers
from sheetprop.workers.task import Task

BATCH = 8
"""Files that one call of the cluster checks: more of them save starting workers, and lose more."""

RETRIES = 10
WAIT = 20

Sent = tuple[Task, bytes, bool]
"""A task, the bytes of its file, and whether a marked copy is wanted."""

Back = tuple[str, bytes | None]
"""A record, and a marked copy."""


def answers_there(address: str, tasks: Sequence[Task]) -> Generator[tuple[int, str]]:
    """Yield the position of each task with its record, each as soon as its batch has ended.

    What a worker was at when it was lost is checked by another; each is yielded once.

    Raises:
        SheetpropError: no scheduler is at the address, or checking there broke off.

    """
    if not tasks:
        return
    distributed = needed("distributed", "dask")
    try:
        client = distributed.Client(address, timeout=WAIT, set_as_default=False)
    except (OSError, ValueError) as error:
        raise SheetpropError(f"grade: no Dask scheduler answers at {address} ({error})") from error
    with client:
        places = [range(k, min(k + BATCH, len(tasks))) for k in range(0, len(tasks), BATCH)]
        futures = {}
        for own in places:
            sent = [_sent(tasks[k]) for k in own]
            futures[client.submit(checked_there, sent, pure=False, retries=RETRIES)] = own
        for future in distributed.as_completed(list(futures), loop=client.loop):
            try:
                came: list[Back] = future.result()
            except Exception as error:
                problem = f"grade: checking on the cluster broke off ({error})"
                raise SheetpropError(problem) from error
            for k, (text, copy) in zip(futures.pop(future), came, strict=True):
                _keep(tasks[k], copy)
                yield k, text
            future.release()


def _sent(task: Task) -> Sent:
    content = b""
    with suppress(WorkbookError):  # one that cannot be read is an empty one there
        content = content_at(task.path) if task.path is not None else b""
    return replace(task, path=None, copy=None), content, task.copy is not None


def _keep(task: Task, copy: bytes | None) -> None:
    if copy is not None and task.copy is not None:
        task.copy.write_bytes(copy)


def checked_there(sent: Sequence[Sent]) -> list[Back]:
    """Check a batch in processes with limits, as at home; this is what a worker of Dask calls."""
    with tempfile.TemporaryDirectory(prefix="sheetprop-") as folder:
        places = [
            Path(folder) / f"{k}.xlsx" if wants else None for k, (_, _, wants) in enumerate(sent)
        ]
        tasks = [
            replace(task, content=content, copy=place)
            for (task, content, _), place in zip(sent, places, strict=True)
        ]
        found = list(answers(tasks))
        return [
            (answer.text, place.read_bytes() if place and answer.has_copy else None)
            for answer, place in zip(found, places, strict=True)
        ]
