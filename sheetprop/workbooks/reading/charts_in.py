"""The charts of a worksheet part (DrawingML, ECMA-376 part 1, 21.2)."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from itertools import islice
from xml.etree import ElementTree as ET

from sheetprop.workbooks.reading.ooxml import (
    Relation,
    local,
    named,
    relation_id,
    relations_of,
    tree_of,
)
from sheetprop.workbooks.sheet import Chart, Series

MOST_SERIES = 1000
"""Lines of a chart; Excel draws 255."""

MOST_CHARTS = 1000
"""Charts of a sheet; those beyond are left out."""


def charts_of(archive: zipfile.ZipFile, part: str) -> tuple[Chart, ...]:
    """Read the charts on a sheet, in the order of its drawing; a damaged one is left out."""
    relations = relations_of(archive, part).values()
    drawings = dict.fromkeys(relation.part for relation in relations if relation.kind == "drawing")
    charts = (chart for drawing in drawings for chart in charts_of_drawing(archive, drawing))
    return tuple(islice(charts, MOST_CHARTS))


def charts_of_drawing(archive: zipfile.ZipFile, part: str) -> Iterator[Chart]:
    """Read the charts a drawing places; some files have drawings that point at nothing."""
    try:
        relations = relations_of(archive, part)
        drawing = tree_of(archive, part)
    except (LookupError, ET.ParseError):
        return
    found = (
        relations.get(relation_id(element), Relation("", ""))
        for element in drawing.iterfind(".//{*}graphicData/{*}chart")
    )
    parts = dict.fromkeys(r.part for r in found if r.kind in {"chart", "chartEx"})
    for chart in islice(parts, MOST_CHARTS):
        try:
            space = tree_of(archive, chart)
        except (LookupError, ET.ParseError):
            continue
        yield from chart_of(space)


def chart_of(space: ET.Element) -> Iterator[Chart]:
    """Read the chart of one chart part; several groups in one plot area are one chart.

    One with more lines than any program draws is left out.
    """
    groups = [g for g in space.iterfind("{*}chart/{*}plotArea/*") if local(g).endswith("Chart")]
    if sum(1 for group in groups for _ in named(group, "ser")) > MOST_SERIES:
        return
    if not groups:
        yield from newer_chart_of(space)
        return
    title, is_reference = text_or_reference(space.find("{*}chart/{*}title/{*}tx"))
    yield Chart(
        kind=local(groups[0]).removesuffix("Chart").removesuffix("3D"),
        series=tuple(series_of(element) for group in groups for element in named(group, "ser")),
        title=title,
        title_is_reference=is_reference,
        logarithmic=any(is_logarithmic(space, group) for group in groups),
    )


def newer_chart_of(space: ET.Element) -> Iterator[Chart]:
    """Read a chart of the kinds added in 2016 (``waterfall`` …), which have a part of their own."""
    drawn = space.findall(".//{*}plotAreaRegion/{*}series")
    if 0 < len(drawn) <= MOST_SERIES:
        data = islice(space.iterfind("{*}chartData/{*}data"), MOST_SERIES)
        series = tuple(
            Series(
                values=reference_text(one.findtext("{*}numDim/{*}f") or ""),
                categories=one.findtext("{*}strDim/{*}f"),
            )
            for one in data
        )
        yield Chart(kind=drawn[0].get("layoutId", ""), series=series)


def series_of(element: ET.Element) -> Series:
    """One series: where its values, its categories or x values, and its name come from."""
    name, is_reference = text_or_reference(element.find("{*}tx"))
    return Series(
        values=data_of(element, "val", "yVal") or "",
        categories=data_of(element, "cat", "xVal"),
        name=name,
        name_is_reference=is_reference,
    )


def data_of(series: ET.Element, *names: str) -> str | None:
    """Return the reference of the data, or the numbers themselves as an array constant."""
    for name in names:
        data = series.find(f"{{*}}{name}")
        if data is not None:
            reference = data.findtext("*/{*}f")
            points = [point.text or "" for point in data.iterfind("*/{*}pt/{*}v")]
            return reference_text(reference) if reference else "{" + ",".join(points) + "}"
    return None


def text_or_reference(element: ET.Element | None) -> tuple[str | None, bool]:
    """Say what a title or name is, and whether that is a reference."""
    if element is None:
        return None, False
    reference = element.findtext("{*}strRef/{*}f")
    if reference:
        return reference_text(reference), True
    direct = element.findtext("{*}v")
    if direct is not None:
        return direct, False
    paragraphs = element.iterfind("{*}rich/{*}p")
    lines = ["".join(run.text or "" for run in p.iterfind(".//{*}t")) for p in paragraphs]
    return "\n".join(lines) or None, False


def reference_text(reference: str) -> str:
    """Return the reference without ``=`` and spaces around."""
    return reference.strip().removeprefix("=")


def is_logarithmic(space: ET.Element, group: ET.Element) -> bool:
    """Whether the group's second axis, the one its values are drawn along, is logarithmic."""
    ids = [axis.get("val") for axis in named(group, "axId")]
    if len(ids) < 2:
        return False
    axes = space.iterfind("{*}chart/{*}plotArea/{*}valAx")
    return any(
        axis.find("{*}scaling/{*}logBase") is not None
        for axis in axes
        if (own := axis.find("{*}axId")) is not None and own.get("val") == ids[1]
    )
