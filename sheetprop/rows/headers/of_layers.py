"""How people head the columns of a table of layers, in plain text: English, German, Spanish."""

from __future__ import annotations

from collections.abc import Mapping

_NUMBER_OF = r"(?:no|num|number|n|#)?(?:of)?"
_PIXELS = r"(?:size|shape|width|dim(?:ension)?|features?|resolution|pixels?)"
_OF_BIAS = r"(?:(?:w/o|without|no|with|w/|incl(?:uding)?|ohne|mit)bias(?:es)?)?"

HEADERS: Mapping[str, tuple[str, ...]] = {
    "kernel": (
        r"k",
        r"ks",
        r"f",
        r"kernel(?:s?size|width)?",
        r"k(?:size|width)",
        r"filter(?:size|width)?",
        r"(?:kern(?:el)?|filter)(?:größe|breite)?",
        r"(?:tamañodel?)?(?:núcleo|kernel|filtro)",
    ),
    "stride": (r"s", r"strides?", r"schritt(?:weite)?", r"paso|zancada"),
    "padding": (r"p", r"pad(?:ding)?", r"rand", r"auffüllung", r"relleno"),
    "dilation": (r"d", r"dil(?:ation)?(?:rate)?", r"dehnung|dilatation", r"dilatación"),
    "groups": (r"g", r"groups?", r"gruppen", r"grupos"),
    "channels": (
        rf"(?:out(?:put)?)?{_NUMBER_OF}(?:channels?|filters?|kernels|maps)(?:out)?",
        rf"{_NUMBER_OF}(?:out(?:put)?)(?:channels?|filters?|kernels|maps)",
        r"ch?out|outch?|c|(?:ausga(?:be|ngs))?kanäle|canales(?:desalida)?",
    ),
    "bias": (r"b", r"(?:use|with)?bias(?:es)?"),
    "size_in": (
        rf"in(?:put)?{_PIXELS}?",
        r"nin",
        rf"{_PIXELS}in",
        r"[hw]in",
        r"in(?:put)?(?:height|[hw])|heightin",
        r"größevorher",
        r"eingabe(?:größe|höhe|breite)",
        r"(?:tamañode)?entrada",
    ),
    "channels_in": (
        r"in(?:put)?ch(?:annels?)?|eingangskanäle|canalesdeentrada",
        r"ch?(?:annels?)?in",
    ),
    "jump_in": (r"j(?:ump)?(?:in)?", r"in(?:put)?jump", r"sprungvorher|saltoprevio"),
    "field_in": (r"rf?in", r"in(?:put)?(?:rf|receptivefield)", r"(?:rf|receptivefield)in"),
    "size": (
        rf"out(?:put)?{_PIXELS}?",
        r"nout",
        rf"{_PIXELS}(?:out)?",
        rf"featuremaps?{_PIXELS}",
        r"[hw](?:out)?",
        r"(?:out(?:put)?)?height(?:out)?|out(?:put)?[hw]",
        r"größedanach",
        r"(?:ausgabe)?(?:größe|höhe|breite)",
        r"tamaño|(?:tamañode)?salida",
    ),
    "lost": (r"lost", r"borderlost", r"randverloren"),
    "jump": (r"j(?:ump)?(?:out)?", r"out(?:put)?jump", r"sprung|salto"),
    "field": (
        r"(?:global|local|g|l)?(?:rf?|receptivefield(?:size)?)(?:out)?",
        r"out(?:put)?(?:rf|receptivefield)",
        r"rezeptivesfeld",
        r"camporeceptivo",
    ),
    "parameters": (
        rf"{_NUMBER_OF}(?:total)?(?:params?|parameters?|weights|parameter)#?{_OF_BIAS}",
        r"(?:númerode)?parámetros",
    ),
    "multiplications": (rf"{_NUMBER_OF}(?:mults?|macs?|multiplications|madds?|multiplikationen)",),
    "start": (r"(?:out(?:put)?)?(?:start|cent(?:er|re))(?:out)?", r"out(?:put)?start"),
    "effective": (
        r"eff(?:ective)?(?:kernel|filter|k)(?:size)?",
        r"k(?:ernel)?eff(?:ective)?",
        r"dilatedkernel(?:size)?",
    ),
    "height_in": (r"in(?:put)?(?:height|h)|h(?:eight)?in", r"eingabehöhe"),
    "height": (r"(?:out(?:put)?)?h(?:eight)?(?:out)?", r"(?:ausgabe)?höhe"),
}
