"""A pattern that is compiled late behaves as one that is compiled at once."""

from __future__ import annotations

import re

from sheetprop.lazily.patterns import pattern

WRITTEN, FLAGS = r"(?P<letter>[a-c]) (\d)", re.VERBOSE | re.IGNORECASE


def test_a_late_pattern_finds_what_the_pattern_finds():
    late, early = pattern(WRITTEN, FLAGS), re.compile(WRITTEN, FLAGS)

    for _ in range(2):
        assert early.findall("a1 B2 d3") == late.findall("a1 B2 d3")
        assert early.sub("x", "a1 B2 d3") == late.sub("x", "a1 B2 d3")
        assert (early.pattern, early.groups) == (late.pattern, late.groups)
