"""Cells moved elsewhere, with every reference to them, as cutting and pasting does."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from perturbing.references import Address, Place, Reference, rewritten
from perturbing.sources import Region, Source
from sheetprop.workbooks.sheet import Cell, Sheet, Workbook

Mapping_ = Callable[[Place], Place]
_WHOLE_LINES = re.compile(r"\$?\b[A-Z]{1,3}:\$?[A-Z]{1,3}\b|(?<![A-Z\d])\$?\d+:\$?\d+")
_LOOKS = re.compile(r"OFFSET|INDIRECT|ROW\(|COLUMN\(|INDEX|LOOKUP|MMULT|SUMPRODUCT", re.I)


class NotPossibleError(ValueError):
    """A workbook cannot be written in such another way."""


def relocated(source: Source, to: Mapping_) -> Source:
    """Return a source with each cell where `to` says.

    Raises:
        NotPossibleError: a range would fall apart, or something refers to cells by their position.

    """
    sheets: dict[str, dict[Address, Cell]] = {s.name: {} for s in source.workbook.sheets}
    for sheet in source.workbook.sheets:
        for address, cell in sheet.cells.items():
            name, new = to((sheet.name, address))
            sheets.setdefault(name, {})[new] = _moved(cell, sheet.name, name, to)
    names = {n: _in_name(target, to) for n, target in source.workbook.names.items()}
    old = {s.name: s for s in source.workbook.sheets}
    made = tuple(Sheet(n, c, (), old[n].hidden if n in old else False) for n, c in sheets.items())
    made = tuple(one for one in made if one.cells or one.name in old)
    regions = tuple(_region(region, to) for region in source.regions)
    return replace(source, workbook=Workbook(made, names), regions=regions)


def _moved(cell: Cell, old: str, new: str, to: Mapping_) -> Cell:
    if cell.formula is None:
        return cell
    if cell.array or _WHOLE_LINES.search(cell.formula) or _LOOKS.search(cell.formula):
        raise NotPossibleError(cell.formula)
    return cell._replace(formula=rewritten(cell.formula, lambda r: _reference(r, old, new, to)))


def _in_name(target: str, to: Mapping_) -> str:
    def one(reference: Reference) -> str:
        if reference.sheet is None:
            raise NotPossibleError(target)
        return _reference(reference, reference.sheet, "", to)

    return rewritten(target, one)


def _reference(reference: Reference, old: str, home: str, to: Mapping_) -> str:
    sheet = reference.sheet or old
    images = [to((sheet, address)) for address in reference.cells()]
    target = images[0][0]
    shown = target if target != home or reference.sheet == sheet == target else None
    if reference.end is None:
        return str(Reference(shown, reference.start.at(images[0][1])))
    rows = sorted({address[0] for _, address in images})
    columns = sorted({address[1] for _, address in images})
    is_block = (
        len(rows) * len(columns)
        == len(images)
        == (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1)
    )
    if is_block and len({name for name, _ in images}) == 1:
        start = reference.start.at((rows[0], columns[0]))
        return str(Reference(shown, start, reference.end.at((rows[-1], columns[-1]))))
    corner = reference.start
    return ",".join(str(Reference(shown, corner.at(address))) for _, address in images)


def _region(region: Region, to: Mapping_) -> Region:
    cells = {key: to((region.sheet, address)) for key, address in region.cells.items()}
    homes = {name for name, _ in cells.values()}
    if len(homes) != 1:
        raise NotPossibleError("a table on two sheets")
    headers = {n: to((region.sheet, a))[1] for n, a in region.headers.items()}
    first = [address for (_, step), (_, address) in cells.items() if step < 2]
    return replace(
        region,
        sheet=homes.pop(),
        cells={key: address for key, (_, address) in cells.items()},
        headers=headers,
        rate=to(region.rate) if region.rate else None,
        across=region.across if first else False,
    )
