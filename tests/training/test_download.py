"""MNIST is downloaded whole or not at all, from a server on loopback that fails in every way."""

from __future__ import annotations

import resource
import sys
from pathlib import Path

import pytest
from training.loopback import (
    Answer,
    broken,
    failing,
    interrupting,
    served,
    stalling,
    whole,
)
from training.made_mnist import made_folder

import sheetprop
from sheetprop.training import download
from sheetprop.training.download import downloaded
from sheetprop.training.idx import labelled


@pytest.fixture(scope="module")
def there(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_folder(tmp_path_factory.mktemp("server"), gzipped=True)


def left(folder: Path) -> list[str]:
    """Return every file that is in a folder, hidden ones too."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


@pytest.mark.slow
def test_all_four_files_arrive_and_are_not_asked_for_again(
    there: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """They are those of the server, as packed as there, and nothing is told on the way."""
    with served(there, whole, monkeypatch):
        folder = downloaded(tmp_path / "mnist")

    assert left(folder) == left(there)
    assert (labelled(folder, "test").images == labelled(there, "test").images).all()
    assert capsys.readouterr() == ("", "")
    assert downloaded(folder) == folder  # there is no server any more


@pytest.mark.slow
@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (failing(404), "HTTP Error 404: Not Found"),
        (failing(500), "HTTP Error 500: Internal Server Error"),
        (broken, "File not found or corrupted."),
        (stalling, "the server said nothing for 0.3 seconds"),
    ],
    ids=["404", "500", "broken", "stalling"],
)
def test_what_fails_is_one_sentence_and_leaves_nothing(
    answer: Answer, told: str, there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files that had arrived before are not kept either."""
    monkeypatch.setattr(download, "STALLED", 0.3)
    with (
        served(there, answer, monkeypatch),
        pytest.raises(sheetprop.SheetpropError) as caught,
    ):
        downloaded(tmp_path / "mnist")

    assert str(caught.value).startswith(f"MNIST cannot be downloaded ({told}); try again later")
    assert "\n" not in str(caught.value)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_an_interrupted_download_leaves_nothing(
    there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C while the second file is on its way."""
    with served(there, interrupting, monkeypatch), pytest.raises(KeyboardInterrupt):
        downloaded(tmp_path / "mnist")

    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_a_full_disk_is_told_of_the_folder(
    there: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """Where no file may be long: one sentence about the folder, and nothing is left."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (5000, before[1]))
    request.addfinalizer(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, before))
    with (
        served(there, whole, monkeypatch),
        pytest.raises(sheetprop.WorkbookError, match=r"mnist: cannot be written \(File too"),
    ):
        downloaded(tmp_path / "mnist")

    assert list(tmp_path.iterdir()) == []


def test_without_torchvision_one_sentence_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where it is missing, or was made for another PyTorch, nothing is begun."""
    monkeypatch.setitem(sys.modules, "torchvision", None)
    monkeypatch.setitem(sys.modules, "torchvision.datasets", None)
    with pytest.raises(sheetprop.SheetpropError, match=r"needs torchvision.*sheetprop\[train\]"):
        downloaded(tmp_path / "mnist")

    assert list(tmp_path.iterdir()) == []
