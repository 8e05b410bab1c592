"""Sheets of arrays as strangers write them: blocks of numbers anywhere, and formulas over them."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from sheetprop.notation.address import address, fixed
from sheetprop.workbooks.sheet import Address, Cell, Sheet, Value, Workbook

Content = Value | Cell


@dataclass
class Paper:
    """A sheet that is filled cell by cell."""

    cells: dict[Address, Cell] = field(default_factory=dict)
    chance: random.Random = field(default_factory=lambda: random.Random(7))

    def put(self, at: Address, content: Content) -> Address:
        """Write a number, a text or a formula."""
        is_formula = isinstance(content, str) and content.startswith("=")
        self.cells[at] = Cell(None, str(content)) if is_formula else Cell(content)  # type: ignore[arg-type]
        return at

    def numbers(self, at: Address, rows: int, columns: int, edge: int = 0) -> Address:
        """Write a block of numbers, with zeros around it; return its first cell, zeros included."""
        for r in range(rows + 2 * edge):
            for c in range(columns + 2 * edge):
                is_inside = edge <= r < rows + edge and edge <= c < columns + edge
                number = round(self.chance.uniform(-2, 3), 1) or 0.5
                self.put((at[0] + r, at[1] + c), number if is_inside else 0)
        return at

    def fill(
        self, at: Address, rows: int, columns: int, formula: Callable[[int, int], str]
    ) -> Address:
        """Write a formula for each cell of a block by its row and column in it."""
        for r in range(rows):
            for c in range(columns):
                self.put((at[0] + r, at[1] + c), formula(r, c))
        return at

    def workbook(self, name: str = "Sheet1") -> Workbook:
        """Return the workbook."""
        return Workbook((Sheet(name, dict(self.cells)),))


def area(at: Address, rows: int, columns: int, *, is_fixed: bool = False) -> str:
    """Return a range by its first cell."""
    written = fixed if is_fixed else lambda one: address(*one)
    last = at[0] + rows - 1, at[1] + columns - 1
    return f"{written(at)}:{written(last)}"


def by(at: Address, down: int, right: int) -> Address:
    """Return another cell."""
    return at[0] + down, at[1] + right


@dataclass(frozen=True)
class Stranger:
    """A right sheet, and wrong ones: each a cell with what is put into it and what is told."""

    name: str
    workbook: Workbook
    slips: tuple[tuple[Address, Content, str], ...] = ()


LONG, PRODUCT, SUM_OF_PRODUCT = "long", "sumproduct", "sum"


def convolved(
    image: Address, kernel: Address, side: int, y: int, x: int, stride: int, way: str
) -> str:
    """Return the formula of a window and a kernel, without its =."""
    corner = by(image, y * stride, x * stride)
    if way == LONG:
        return "+".join(
            f"{address(*by(corner, i, j))}*{fixed(by(kernel, i, j))}"
            for i in range(side)
            for j in range(side)
        )
    window, own = area(corner, side, side), area(kernel, side, side, is_fixed=True)
    return f"SUMPRODUCT({window},{own})" if way == PRODUCT else f"SUMPRODUCT({own}*{window})"


def turned(corner: Address, kernel: Address, side: int) -> str:
    """Return the formula of a window and a kernel turned by 180°, without its =."""
    cells = [(i, j) for i in range(side) for j in range(side)]
    last = by(kernel, side - 1, side - 1)
    return "+".join(f"{address(*by(corner, i, j))}*{fixed(by(last, -i, -j))}" for i, j in cells)


def convolution(
    way: str,
    *,
    size: int = 6,
    side: int = 3,
    stride: int = 1,
    edge: int = 0,
    at: Address = (2, 2),
    bias: bool = False,
    relu: bool = False,
    titles: bool = False,
    beneath: bool = False,
) -> Stranger:
    """Return one image and one kernel."""
    paper = Paper()
    image = paper.numbers(at, size, size, edge)
    across = size + 2 * edge
    kernel = paper.numbers(by(at, across + 2, 0) if beneath else by(at, 0, across + 1), side, side)
    out = by(kernel, 0, side + 2)
    count = (across - side) // stride + 1
    own = paper.put(by(kernel, side + 1, 0), 0.5) if bias else None
    if titles:
        for place, text in ((image, "Image"), (kernel, "Kernel"), (out, "Output")):
            paper.put(by(place, -1, 0), text)

    def formula(y: int, x: int) -> str:
        text = convolved(image, kernel, side, y, x, stride, way)
        text += f"+{fixed(own)}" if own else ""
        return f"=MAX(0,{text})" if relu else f"={text}"

    paper.fill(out, count, count, formula)
    cell = by(out, 1, 1)
    right = str(paper.cells[cell].formula)
    flipped = turned(by(image, stride, stride), kernel, side)
    slips: list[tuple[Address, Content, str]] = [
        (cell, formula(1, 0), "wrong-window"),
        (cell, 3.25, "typed-number"),
    ]
    if side > 1:
        tail = (f"+{fixed(own)}" if own else "") + (")" if relu else "")
        slips.append((cell, f"={'MAX(0,' if relu else ''}{flipped}{tail}", "flipped-kernel"))
    if own:
        slips.append((cell, right.replace(f"+{fixed(own)}", ""), "missing-bias"))
    if stride > 1:
        text = convolved(image, kernel, side, 1, 1, 1, way) + (f"+{fixed(own)}" if own else "")
        slips.append((cell, f"=MAX(0,{text})" if relu else f"={text}", "lost-stride"))
    name = f"convolution {way} {size}/{side}/{stride}/{edge}"
    name += "".join(t for t, on in ((" bias", bias), (" relu", relu), (" titles", titles)) if on)
    return Stranger(name, paper.workbook(), tuple(slips))


def channels(way: str) -> Stranger:
    """Return two channels with a kernel each, summed, with a bias."""
    paper = Paper()
    images = [paper.numbers((3, 2), 5, 5), paper.numbers((10, 2), 5, 5)]
    kernels = [paper.numbers((3, 9), 3, 3), paper.numbers((10, 9), 3, 3)]
    bias, out = paper.put((3, 13), -0.5), (3, 15)

    def formula(y: int, x: int) -> str:
        parts = (convolved(i, k, 3, y, x, 1, way) for i, k in zip(images, kernels, strict=True))
        return f"={'+'.join(parts)}+{fixed(bias)}"

    paper.fill(out, 3, 3, formula)
    swapped = "+".join(
        convolved(i, k, 3, 1, 1, 1, way)
        for i, k in zip(images, [kernels[0], kernels[0]], strict=True)
    )
    slips = ((by(out, 1, 1), f"={swapped}+{fixed(bias)}", "wrong-channel"),)
    return Stranger(f"two channels {way}", paper.workbook(), slips)


def pooling(function: str, *, size: int = 4, step: int = 2, count: int = 2) -> Stranger:
    """Return windows of a block with their largest number or mean."""
    paper = Paper()
    image = paper.numbers((4, 3), size, size)
    out = (4, 3 + size + 2)

    def formula(y: int, x: int) -> str:
        window = area(by(image, y * step, x * step), count, count)
        return f"=SUM({window})/{count**2}" if function == "SUM" else f"={function}({window})"

    sides = (size - count) // step + 1
    paper.fill(out, sides, sides, formula)
    cell = by(out, 1, 1)
    lost = formula(1, 1).replace(
        area(by(image, step, step), count, count), area(by(image, 1, 1), count, count)
    )
    other = "AVERAGE" if function == "MAX" else "MAX"
    slips: list[tuple[Address, Content, str]] = [
        (cell, f"={other}({area(by(image, step, step), count, count)})", "wrong-pooling"),
        (cell, formula(1, 0), "wrong-window"),
    ]
    if step > 1:
        slips.append((cell, lost, "lost-stride"))
    return Stranger(f"pooling {function} {size}/{count}/{step}", paper.workbook(), tuple(slips))


def normalised(
    variance: str,
    *,
    across: bool = False,
    affine: bool = False,
    epsilon: bool = False,
    in_one: bool = False,
) -> Stranger:
    """Return columns (or rows, `across`) with mean, variance or deviation, and normalised."""
    paper = Paper()
    rows, columns = (3, 5) if across else (6, 3)
    x = paper.numbers((3, 2), rows, columns)
    is_root = variance.startswith("STDEV")
    eps = paper.put((1, 12), 1e-5) if epsilon else None
    out = (3, 2 + columns + 4)

    def line(k: int) -> str:
        own = by(x, k, 0) if across else by(x, 0, k)
        return area(own, *((1, columns) if across else (rows, 1)), is_fixed=in_one)

    def stat(k: int, number: int) -> Address:
        return (3 + k, 3 + columns + number) if across else (3 + rows + 1 + number, 2 + k)

    count = rows if across else columns

    def spread(k: int) -> str:
        if variance == "SUMPRODUCT":
            mean = address(*stat(k, 0))
            return f"SUMPRODUCT(({line(k)}-{mean})^2)/{columns if across else rows}"
        return f"{variance}({line(k)})"

    gamma, beta = [], []
    for k in range(count):
        if not in_one:
            paper.put(stat(k, 0), f"=AVERAGE({line(k)})")
            paper.put(stat(k, 1), f"={spread(k)}")
        if affine:
            place = (20 + k, 2) if across else (20, 2 + k)
            other = by(place, 0, 1) if across else by(place, 1, 0)
            gamma.append(paper.put(place, 1 + k / 4))
            beta.append(paper.put(other, 0.25 * k - 0.5))

    def formula(r: int, c: int) -> str:
        k = r if across else c
        mean = f"AVERAGE({line(k)})" if in_one else address(*stat(k, 0))
        own = spread(k) if in_one else address(*stat(k, 1))
        plus = f"+{fixed(eps)}" if eps else ""
        below = f"({own}{plus})" if is_root and eps else own if is_root else f"SQRT({own}{plus})"
        text = f"({address(*by(x, r, c))}-{mean})/{below}"
        return f"={address(*gamma[k])}*{text}+{address(*beta[k])}" if affine else f"={text}"

    paper.fill(out, rows, columns, formula)
    cell = by(out, 1, 1)
    right = formula(1, 1)
    slips: list[tuple[Address, Content, str]] = [
        (cell, right.replace(address(*by(x, 1, 1)), address(*by(x, 0, 1)), 1), ""),
    ]
    if not in_one:
        turned = area(by(x, 0, 1), rows, 1) if across else area(by(x, 1, 0), 1, columns)
        slips.append((stat(1, 0), f"=AVERAGE({turned})", "wrong-axis"))
        if variance == "VAR.P":
            slips.append((stat(1, 1), f"=VAR.S({line(1)})", "sample-variance"))
        if variance == "SUMPRODUCT":
            slips.append(
                (stat(1, 1), f"={spread(1)}".replace("/", "/(") + "-1)", "sample-variance")
            )
    name = f"normalised {variance}" + "".join(
        t
        for t, on in (
            (" across", across),
            (" affine", affine),
            (" epsilon", epsilon),
            (" in one", in_one),
        )
        if on
    )
    return Stranger(name, paper.workbook(), tuple(slips))


def softmax(way: str, rows: int = 5) -> Stranger:
    """Return a column of numbers and its softmax: with a column of powers, or in one formula."""
    paper = Paper()
    z = paper.numbers((4, 2), rows, 1)
    whole = area(z, rows, 1, is_fixed=True)
    if way == "powers":
        powers = paper.fill((4, 3), rows, 1, lambda r, _: f"=EXP({address(*by(z, r, 0))})")
        total = paper.put((4 + rows, 3), f"=SUM({area(powers, rows, 1)})")
        out = paper.fill(
            (4, 4), rows, 1, lambda r, _: f"={address(*by(powers, r, 0))}/{fixed(total)}"
        )
        short = f"=SUM({area(powers, rows - 1, 1)})"
        slips = ((total, short, ""), (by(powers, 1, 0), f"=EXP({address(*z)})", "wrong-window"))
        return Stranger("softmax powers", paper.workbook(), slips)
    shift = f"-MAX({whole})" if way == "stable" else ""
    out = paper.fill(
        (4, 4),
        rows,
        1,
        lambda r, _: f"=EXP({address(*by(z, r, 0))}{shift})/SUMPRODUCT(EXP({whole}{shift}))",
    )
    slips = ((by(out, 2, 0), str(paper.cells[by(out, 1, 0)].formula), "wrong-window"),)
    return Stranger(f"softmax {way}", paper.workbook(), slips)


def attention(way: str, tokens: int = 3, width: int = 4) -> Stranger:
    """Return Q, K and V with scores, their softmax by rows, and what comes out."""
    paper = Paper()
    q, k, v = (paper.numbers((3, 2 + n * (width + 1)), tokens, width) for n in range(3))
    scores, powers, shares, out = ((3 + n * (tokens + 2), 20) for n in range(4))

    def score(r: int, c: int) -> str:
        mine, other = area(by(q, r, 0), 1, width), area(by(k, c, 0), 1, width)
        if way == "long":
            pairs = (f"{address(*by(q, r, i))}*{address(*by(k, c, i))}" for i in range(width))
            return f"=({'+'.join(pairs)})/SQRT({width})"
        return f"=SUMPRODUCT({mine},{other})/SQRT({width})"

    paper.fill(scores, tokens, tokens, score)
    paper.fill(powers, tokens, tokens, lambda r, c: f"=EXP({address(*by(scores, r, c))})")
    paper.fill(
        shares,
        tokens,
        tokens,
        lambda r, c: f"={address(*by(powers, r, c))}/SUM({area(by(powers, r, 0), 1, tokens)})",
    )
    paper.fill(
        out,
        tokens,
        width,
        lambda r, c: (
            "="
            + "+".join(
                f"{address(*by(shares, r, i))}*{address(*by(v, i, c))}" for i in range(tokens)
            )
        ),
    )
    unscaled = score(1, 1).replace(f"/SQRT({width})", "")
    slips = ((by(scores, 1, 1), unscaled, "missing-scale"), (by(scores, 1, 1), score(1, 0), ""))
    return Stranger(f"attention {way}", paper.workbook(), slips)


def dropout() -> Stranger:
    """Return numbers, a mask of 0 and 1, and what is kept, scaled."""
    paper = Paper()
    x = paper.numbers((3, 2), 4, 3)
    rate = paper.put((1, 2), 0.25)
    for r in range(4):
        for c in range(3):
            paper.put((3 + r, 6 + c), float((r + 2 * c) % 3 > 0))
    out = paper.fill(
        (3, 10),
        4,
        3,
        lambda r, c: f"={address(*by(x, r, c))}*{address(3 + r, 6 + c)}/(1-{fixed(rate)})",
    )
    slips = (
        (by(out, 1, 1), f"={address(*by(x, 1, 1))}*{address(4, 7)}", "missing-scale"),
        (by(out, 1, 1), str(paper.cells[by(out, 1, 0)].formula), ""),
    )
    return Stranger("dropout", paper.workbook(), slips)


def chain() -> Stranger:
    """Return a convolution, ReLU and pooling below each other, with titles."""
    paper = Paper()
    paper.put((1, 1), "Convolution with ReLU and max pooling")
    image, kernel = paper.numbers((3, 1), 8, 8), paper.numbers((3, 10), 3, 3)
    one = paper.fill(
        (13, 1), 6, 6, lambda y, x: f"={convolved(image, kernel, 3, y, x, 1, PRODUCT)}"
    )
    two = paper.fill((20, 1), 6, 6, lambda y, x: f"=MAX(0,{address(*by(one, y, x))})")
    three = paper.fill((27, 1), 3, 3, lambda y, x: f"=MAX({area(by(two, 2 * y, 2 * x), 2, 2)})")
    slips = (
        (by(three, 0, 1), f"=MAX({area(by(one, 0, 2), 2, 2)})", "wrong-channel"),
        (by(two, 2, 2), f"=MAX(0,{address(*by(one, 2, 3))})", "wrong-window"),
    )
    return Stranger("chain", paper.workbook(), slips)


def strangers() -> Iterator[Stranger]:
    """Yield all of them."""
    for way in (LONG, PRODUCT, SUM_OF_PRODUCT):
        yield convolution(way)
        yield convolution(way, size=7, stride=2, bias=True)
        yield convolution(way, size=5, edge=1, at=(9, 4), titles=True)
        yield convolution(way, size=6, side=2, stride=2, beneath=True)
        yield convolution(way, size=5, bias=True, relu=True, titles=True, at=(3, 1))
    yield convolution(PRODUCT, size=12, side=5, stride=1)
    yield channels(LONG)
    yield channels(PRODUCT)
    for function in ("MAX", "AVERAGE", "SUM"):
        yield pooling(function)
        yield pooling(function, size=6, step=3, count=3)
        yield pooling(function, size=5, step=1, count=2)
    for variance in ("VAR.P", "VAR.S", "STDEV", "STDEV.P", "SUMPRODUCT"):
        yield normalised(variance)
        yield normalised(variance, across=True)
    yield normalised("VAR.P", epsilon=True)
    yield normalised("VAR.P", epsilon=True, affine=True)
    yield normalised("VARP", affine=True, across=True, epsilon=True)
    yield normalised("STDEV.P", affine=True)
    yield normalised("VAR.P", in_one=True)
    yield normalised("STDEV", in_one=True)
    for way in ("powers", "one", "stable"):
        yield softmax(way)
    for way in ("long", "product"):
        yield attention(way)
    yield dropout()
    yield chain()


def with_slip(stranger: Stranger, at: Address, content: Content) -> Workbook:
    """Return a sheet with one cell changed."""
    paper = Paper(dict(stranger.workbook.sheets[0].cells))
    paper.put(at, content)
    return paper.workbook(stranger.workbook.sheets[0].name)
