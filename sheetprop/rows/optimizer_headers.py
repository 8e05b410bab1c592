"""How people head the columns of an optimizer's run: each quantity's spellings, as patterns."""

from __future__ import annotations

from sheetprop.rows.optimizer_trees import CHANGES, LOSS, PARAMETERS, change, gradient, kept

_OF_ONE = r"(?:w|x|θ|theta|weight|param(?:eter)?)?"
_SLOPES = (
    r"[fljc]['’′](?:\([wxθ]\))?",
    r"(?:∇|grad(?:ient)?)(?:[fljc])?(?:\((?:[wxθ]|theta)\))?",
    r"d(?:[wxθ]|theta)",
    r"(?:slope|derivative|ableitung|steigung)",
)
_HAT = r"(?:\u0302|hat|corr(?:ected)?|\^)"
_SUMS = (r"g(?:t|sum)?", r"(?:sum(?:of)?|accum(?:ulated)?)(?:squares|squared(?:gradients?|grads?))")
_AFTER = r"(?:new|next|updated|after|neu|\(?t\+1\)?|['’′])"
_BEFORE = r"(?:old|before|current|alt|\(?t\)?)"
_EARLIER = r"(?:old|before|prev(?:ious)?|last|alt|vorher|\(?t1\)?)"  # without its minus: t-1


def spelt(name: str) -> tuple[str, ...]:
    """Return the spellings of a quantity of one of the parameters."""
    for p, own in zip(PARAMETERS, (_OF_ONE, "b"), strict=True):
        found = {
            gradient(p): (
                rf"g{own}t?",
                rf"(?:nesterov|lookahead)?grad(?:ient)?s?(?:at|@)?(?:lookahead)?{own}",
                rf"d[a-z]{{1,4}}(?:\(\w\))?/d{own or p}",
                *(_SLOPES if p == "w" else ("db",)),
            ),
            f"m_{p}": (rf"m{own}t?", rf"(?:velocity|buf(?:fer)?){own}"),
            f"v_{p}": (rf"v{own}t?", rf"s{own}t?", rf"(?:cache|e\(?g\^?2\)?){own}", *_SUMS),
            f"mhat_{p}": (rf"m{_HAT}{own}t?", rf"m{own}t?{_HAT}"),
            f"vhat_{p}": (rf"v{_HAT}{own}t?", rf"v{own}t?{_HAT}"),
            p: (rf"{(one := own.removesuffix('?'))}(?:{_AFTER}|t)?", rf"{_AFTER}{one}"),
            f"{p}_before": (rf"{one}{_BEFORE}?", rf"{_BEFORE}{one}"),
            change(p): (rf"(?:update|change|step){own}",),
        }
        if name in found:
            return found[name]
    return (name.lower(),)


def spelt_mean(name: str, key: str) -> tuple[str, ...]:
    """Return the spellings of a mean that an optimizer keeps, which may say that it is the new one.

    Where no mean of squares is kept, a running mean may be called a velocity.
    """
    ways = spelt(name)
    is_other = not name.startswith("m_") or any(one.startswith("v_") for one in kept(key))
    changes = (*spelt(change(name[2:])), "delta") if key in CHANGES else ()
    velocity = () if is_other else (*spelt(name.replace("m", "v", 1))[:1], *changes)
    return (*ways, *(rf"(?:{one}){_AFTER}" for one in ways), *velocity)


def spelt_before(name: str) -> tuple[str, ...]:
    """Return the spellings of a mean as it is before an update."""
    ways = spelt(name)
    return tuple(way for one in ways for way in (rf"(?:{one}){_EARLIER}", rf"{_EARLIER}(?:{one})"))


def spelt_on_network(name: str) -> tuple[str, ...]:
    """Return the spellings of a quantity of one of the weights, or of the network."""
    first, _, weight = name.partition("_")
    if first in ("mhat", "vhat"):
        return (rf"{first[0]}{_HAT}{weight}", rf"{first[0]}{weight}{_HAT}")
    if name.startswith("d"):
        by = name.partition("/d")[2]
        return (rf"d(?:l|e|etotal)/d{by}",)
    return ("l|etotal",) if name == LOSS else (name.lower().replace("_", ""),)
