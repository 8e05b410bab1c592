from __future__ import annotations

import pytest
from reported import report_of, wrong_table
from worksheets import Table

from sheetprop.checking.report import Report


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of the mistake that most of a class made."""
    return report_of(tmp_path_factory.mktemp("wrong"), wrong_table())


@pytest.fixture(scope="module")
def right(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """The report of a worksheet without a mistake."""
    return report_of(tmp_path_factory.mktemp("right"), Table(iterations=20))
