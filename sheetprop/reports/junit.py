"""Reports as JUnit XML: a suite for each workbook, a case for each quantity, for CI servers.

A wrong calculation is a failure of each quantity it concerns; a workbook that cannot be checked is
an error. Warnings and notes are output of their case and fail nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from sheetprop.checking.report import Finding, Report
from sheetprop.reports import words
from sheetprop.reports.cleaned import clean
from sheetprop.reports.look import Look, Piece

WORKBOOK = "workbook"
"""The case of what concerns no single quantity."""


HEAD = "<?xml version='1.0' encoding='us-ascii'?>\n<testsuites name=\"sheetprop check\""
COUNTS = ("tests", "failures", "errors", "skipped")


def render(reports: Sequence[Report]) -> str:
    """Return the reports as one XML document in ASCII."""
    look = Look(count=len(reports))
    pieces = [piece(report, number, look) for number, report in enumerate(reports, 1)]
    return "".join(document([p.entry for p in pieces], (p.text for p in pieces), look))


def piece(report: Report, number: int, look: Look) -> Piece:
    """Return one report as a suite, and its counts."""
    del number, look
    suite = _suite(report)
    indent(suite, level=1)
    text: str = tostring(suite, encoding="us-ascii").decode("ascii")
    return Piece(text.rstrip(), tuple(suite.get(count, "0") for count in COUNTS))


def document(entries: Sequence[Sequence[str]], texts: Iterable[str], look: Look) -> Iterator[str]:
    """Yield the document; entries and texts are those of `piece`."""
    del look
    totals = (sum(map(int, column)) for column in zip(*entries, strict=True))
    counts = (f' {name}="{total}"' for name, total in zip(COUNTS, totals, strict=True))
    yield f"{HEAD}{''.join(counts)}>"
    for text in texts:
        yield f"\n  {text}"
    yield "\n</testsuites>"


def _suite(report: Report) -> Element:
    file = clean(report.file)
    suite = Element("testsuite", name=file, time=f"{report.seconds:.4f}")
    if report.reason is not None:
        case = SubElement(suite, "testcase", classname=file, name=WORKBOOK)
        SubElement(case, "error", type=report.verdict, message=clean(report.reason))
    for name in _cases(report):
        _case(SubElement(suite, "testcase", classname=file, name=name), report, name)
    _remarks(suite, report)
    cases = suite.findall("testcase")
    suite.set("tests", str(len(cases)))
    for count, element in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(count, str(sum(case.find(element) is not None for case in cases)))
    return suite


def _cases(report: Report) -> Iterable[str]:
    """Return the quantities in the order of the worksheet, then what concerns none of them."""
    names = dict.fromkeys(name for table in report.tables for name in table.quantities)
    names |= dict.fromkeys((*report.right, *report.unfilled))
    for finding in report.findings:
        names |= dict.fromkeys(_about(finding))
    return names


def _about(finding: Finding) -> list[str]:
    return list(dict.fromkeys(place.quantity or WORKBOOK for place in finding.places)) or [WORKBOOK]


def _case(case: Element, report: Report, name: str) -> None:
    here = [finding for finding in report.findings if name in _about(finding)]
    for finding in (one for one in here if one.severity == "error"):
        message = clean(finding.message)
        failure = SubElement(case, "failure", type=finding.mistake, message=message)
        failure.text = "\n".join(_details(finding))
    if name in report.unfilled and case.find("failure") is None:
        SubElement(case, "skipped", message="it has no cells, or nothing in them")
    others = [finding for finding in here if finding.severity != "error"]
    if others:
        SubElement(case, "system-out").text = "\n".join(map(_remark, others))


def _details(finding: Finding) -> Iterator[str]:
    yield f"{finding.code} {finding.mistake}: {words.places_text(finding.places)}"
    if finding.found is not None:
        yield f"there is {clean(finding.found)}"
    if finding.expected is not None:
        yield f"right is {clean(finding.expected)}"
    yield words.why(finding)
    if words.effect(finding):
        yield words.effect(finding)


def _remark(finding: Finding) -> str:
    places = words.places_text(finding.places)
    return f"{finding.severity} {finding.code} {places}: {clean(finding.message)}"


def _remarks(suite: Element, report: Report) -> None:
    """Add the marks, and what was not judged."""
    if report.marks:
        properties = Element("properties")
        suite.insert(0, properties)  # where the format has them
        for name, *values in words.marks_lines(report.marks):
            for label, value in zip(("of", "as it stands", "followed"), values, strict=True):
                SubElement(properties, "property", name=f"points {name} {label}", value=value)
    if report.not_judged:
        lines = (f"{c.sheet}!{c.range}: {c.reason}" for c in report.not_judged)
        SubElement(suite, "system-out").text = "\n".join(("not judged:", *map(clean, lines)))
