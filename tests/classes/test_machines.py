"""More than one machine: a cluster that loses a worker, a server that goes away, addresses."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from worksheets import RIGHT, Table, save

import sheetprop
from sheetprop.classes.grades import checked as checking
from sheetprop.classes.machines.addresses import is_address
from sheetprop.errors import SheetpropError

ROOT = Path(__file__).parent.parent.parent
WRONG = Table().changed("dE/dw3", RIGHT["dE/dw3"].replace("a_h2", "a_h1"))
POSTGRES = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"))), None)


@pytest.fixture
def class_of_twelve(tmp_path: Path) -> Path:
    folder = tmp_path / "in"
    folder.mkdir()
    for k in range(12):
        save(folder / f"s{k:02d}.xlsx", replace(WRONG if k % 2 else Table(), rate=1 + k / 12))
    return folder


@pytest.mark.slow
def test_what_is_missing_is_named(tmp_path: Path) -> None:
    """Who asks for what is not installed or not there is told in a sentence."""
    save(tmp_path / "17.xlsx", Table())
    with pytest.raises(SheetpropError, match=r"--store|sqlalchemy"):
        sheetprop.grade(tmp_path, output=tmp_path, store="no such thing")

    assert is_address("s3://course/in")
    assert not is_address("C:/course")


@pytest.mark.slow
@pytest.mark.machines
def test_a_cluster_that_loses_a_worker(class_of_twelve: Path, tmp_path: Path) -> None:
    """Every submission is graded once, and the gradebook is that of a single machine."""
    pytest.importorskip("distributed", reason='pip install "sheetprop[dask]"')
    alone = sheetprop.grade(class_of_twelve, output=tmp_path / "alone")
    kept: list[int] = []
    with cluster(tmp_path) as (address, workers):

        def lose_one(done: int, count: int) -> None:
            kept.append(done)
            if done == 1:
                workers[0].kill()

        shared = sheetprop.grade(
            class_of_twelve, output=tmp_path / "shared", dask=address, progress=lose_one
        )

    assert kept == list(range(1, 13))
    assert shared.grades == alone.grades
    for name in ("gradebook.csv", "gradebook.xlsx"):
        assert (tmp_path / "shared" / name).read_bytes() == (tmp_path / "alone" / name).read_bytes()
    assert len(list((tmp_path / "shared" / "reports").glob("*-checked.xlsx"))) == 12


class cluster:  # noqa: N801 - used as a function
    """A scheduler and two workers on this machine, each a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.processes: list[subprocess.Popen[bytes]] = []

    def __enter__(self) -> tuple[str, list[subprocess.Popen[bytes]]]:
        told = self.folder / "scheduler.json"
        quiet = ["--no-dashboard", "--scheduler-file", str(told)]
        self.start("scheduler", "--host", "127.0.0.1", "--port", "0", *quiet)
        for number in range(2):
            there = ["--local-directory", str(self.folder / f"dask{number}")]
            self.start("worker", "--nthreads", "1", "--no-nanny", *there, *quiet)
        end = time.monotonic() + 60
        while not told.is_file() and time.monotonic() < end:
            time.sleep(0.1)
        import json

        return json.loads(told.read_text())["address"], self.processes[1:]

    def start(self, kind: str, *arguments: str) -> None:
        command = [sys.executable, "-m", f"distributed.cli.dask_{kind}", *arguments]
        self.processes.append(subprocess.Popen(command, cwd=ROOT, stdout=-3, stderr=-3))

    def __exit__(self, *_: object) -> None:
        for process in reversed(self.processes):
            process.kill()
            process.wait()


@pytest.fixture
def postgres(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A server of its own on a socket of its own; its URL, and its folder."""
    pytest.importorskip("sqlalchemy", reason='pip install "sheetprop[postgresql]"')
    pytest.importorskip("psycopg", reason='pip install "sheetprop[postgresql]"')
    if POSTGRES is None:
        pytest.skip("PostgreSQL is not on this machine: apt-get install postgresql")
    data = Path("/tmp", f"sheetprop-postgres-{os.getpid()}")
    data.mkdir()
    if os.getuid() == 0:
        shutil.chown(data, "postgres", "postgres")
    control(data, "initdb", "-D", str(data / "data"), "-A", "trust", "-U", "course")
    control(data, "pg_ctl", "-D", str(data / "data"), "-w", "-o", options(data), "start")
    yield f"postgresql+psycopg://course@/postgres?host={data}", data
    control(data, "pg_ctl", "-D", str(data / "data"), "-m", "immediate", "stop")
    shutil.rmtree(data)


def options(data: Path) -> str:
    return f"-k {data} -c listen_addresses=''"


def control(data: Path, program: str, *arguments: str) -> None:
    assert POSTGRES is not None
    command = [str(POSTGRES / program), *arguments]
    who = {"user": "postgres", "group": "postgres"} if os.getuid() == 0 else {}
    subprocess.run(command, check=True, cwd=data, stdout=-3, stderr=-3, **who)  # type: ignore[call-overload]


@pytest.mark.slow
@pytest.mark.machines
def test_a_database_that_is_started_again(
    class_of_twelve: Path,
    tmp_path: Path,
    postgres: tuple[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Results are kept in PostgreSQL, also when it goes away meanwhile, and used from there."""
    url, data = postgres
    alone = sheetprop.grade(class_of_twelve, output=tmp_path / "alone")
    again: list[threading.Thread] = []

    def restart(done: int, count: int) -> None:
        if done == 3:
            where = ("-D", str(data / "data"), "-w", "-m", "immediate", "-o", options(data))
            again.append(threading.Thread(target=control, args=(data, "pg_ctl", *where, "restart")))
            again[0].start()

    kept = sheetprop.grade(class_of_twelve, output=tmp_path / "a", store=url, progress=restart)
    again[0].join()
    monkeypatch.setattr(checking, "answers", None)
    later = sheetprop.grade(class_of_twelve, output=tmp_path / "a", store=url)

    assert kept.grades == later.grades == alone.grades
    assert not (tmp_path / "a" / "results.sqlite").exists()


@pytest.mark.slow
@pytest.mark.machines
def test_addresses_are_read_and_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Submissions come from an address, and results go there, and are used from there."""
    fsspec = pytest.importorskip("fsspec", reason='pip install "sheetprop[fsspec]"')
    save(tmp_path / "17.xlsx", WRONG)
    memory = fsspec.filesystem("memory")
    memory.put_file(str(tmp_path / "17.xlsx"), "/course/in/17/work.xlsx")
    first = sheetprop.grade("memory://course/in", output="memory://course/out")
    monkeypatch.setattr(checking, "answers", None)
    again = sheetprop.grade("memory://course/in", output="memory://course/out")

    assert [one.points for one in first.grades] == [18.5]
    assert first.grades == again.grades
    assert memory.cat("/course/out/gradebook.csv").startswith(b"student,")
    assert memory.exists("/course/out/class.html")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A bucket of an S3 server on this machine; its address."""
    server = pytest.importorskip("moto.server", reason='pip install "sheetprop[machines]"')
    s3fs = pytest.importorskip("s3fs", reason='pip install "sheetprop[machines]"')
    running = server.ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "course")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    s3fs.S3FileSystem.clear_instance_cache()
    s3fs.S3FileSystem().mkdir("course")
    yield "s3://course"
    s3fs.S3FileSystem.clear_instance_cache()
    running.stop()
    gc.collect()  # what the libraries have left open is told here, where it is passed over


@pytest.mark.slow
@pytest.mark.machines
@pytest.mark.filterwarnings("ignore")  # of libraries that speak with the server
def test_a_bucket_is_graded(bucket: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Submissions come from S3 and results go there: what was checked is not checked again."""
    fsspec = pytest.importorskip("fsspec", reason='pip install "sheetprop[fsspec]"')
    (tmp_path / "in" / "17").mkdir(parents=True)
    save(tmp_path / "in" / "17" / "work.xlsx", WRONG)
    alone = sheetprop.grade(tmp_path / "in", output=tmp_path / "alone")
    there = fsspec.filesystem("s3")
    there.put_file(str(tmp_path / "in" / "17" / "work.xlsx"), f"{bucket}/in/17/work.xlsx")
    first = sheetprop.grade(f"{bucket}/in", output=f"{bucket}/out")
    monkeypatch.setattr(checking, "answers", None)
    again = sheetprop.grade(f"{bucket}/in", output=f"{bucket}/out")
    there.invalidate_cache()

    assert first.grades == again.grades == alone.grades
    written = {
        path.relative_to(tmp_path / "alone").as_posix() for path in files(tmp_path / "alone")
    }
    assert {name.removeprefix("course/out/") for name in there.find("course/out")} == written
    book = (tmp_path / "alone" / "gradebook.csv").read_bytes()
    assert there.cat(f"{bucket}/out/gradebook.csv") == book


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]
