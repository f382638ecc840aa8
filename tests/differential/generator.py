"""Expressions that nobody wrote: nested calls, operators, collections, templates and comprehensions."""

from __future__ import annotations

import json
import re

from hypothesis import strategies as st

_WORDS = [
    "",
    "a",
    "b",
    "ab",
    "a b",
    "1",
    "true",
    "é",
    "👍🏽",
    "x,y",
    "10.0.0.0/8",
    "2024-02-29T13:14:15Z",
    "A_b-c",
    "%d",
    "a\tb",
    '"',
    "<&>",
]
_NUMBERS = ["0", "1", "2", "-1", "3.5", "0.1", "50", "7", "100", "1e25", "-0.5"]

_TEXT_CALLS = (
    "upper(@t)",
    "lower(@t)",
    "title(@t)",
    "trimspace(@t)",
    "trim(@t, @t)",
    "trimprefix(@t, @t)",
    "replace(@t, @t, @t)",
    "substr(@t, @n, @n)",
    "strrev(@t)",
    "join(@t, @l)",
    "format(@t, @n)",
    'format("%s-%s", @t, @b)',
    'format("%v|%5v", @n, @l)',
    'format("%.3f", @n)',
    'format("%08.2f|%+d", @n, @n)',
    "jsonencode(@v)",
    "yamlencode(@v)",
    "base64encode(@t)",
    "urlencode(@t)",
    "sha1(@t)",
    "tostring(@v)",
    "coalesce(@t, @t)",
    "element(@l, @n)",
    "try(@t, @v)",
    "(@b ? @t : @v)",
    "indent(@n, @t)",
    'indent(2, "${@t}\\n${@n}")',
    '"<${@t}|${@n}>"',
    "yamlencode([@t, { k = @t }])",
    'regex("[a-z]+", @t)',
    "base64gzip(@t)",
)
_NUMBER_CALLS = (
    "length(@v)",
    "abs(@n)",
    "ceil(@n)",
    "floor(@n)",
    "max(@n, @n)",
    "min(@n, @n)",
    "pow(@n, @n)",
    "log(@n, @n)",
    "signum(@n)",
    "sum(@l)",
    "index(@l, @v)",
    "tonumber(@v)",
    "(@n + @n)",
    "(@n - @n)",
    "(@n * @n)",
    "(@n / @n)",
    "(@n % @n)",
    "(-@n)",
    "(@b ? @n : @n)",
)
_BOOL_CALLS = (
    "(@v == @v)",
    "(@v != @v)",
    "(@n < @n)",
    "(@n >= @n)",
    "(@b && @b)",
    "(@b || @b)",
    "(!@b)",
    "contains(@l, @v)",
    "startswith(@t, @t)",
    "strcontains(@t, @t)",
    "alltrue([@b, @b])",
    "anytrue(@l)",
    "can(@v)",
    "tobool(@v)",
    "issensitive(@v)",
)
_LIST_CALLS = (
    "[@v, @v]",
    "[@t, @t, @t]",
    "[@n, @n]",
    "tolist(@l)",
    "toset(@l)",
    "concat(@l, @l)",
    "flatten([@l, @v])",
    "distinct(@l)",
    "compact(@l)",
    "reverse(@l)",
    "sort(@l)",
    "slice(@l, 0, @n)",
    "chunklist(@l, @n)",
    "keys(@m)",
    "values(@m)",
    "split(@t, @t)",
    "range(@n)",
    "setunion(@l, @l)",
    "setintersection(@l, @l)",
    "setsubtract(@l, @l)",
    "setproduct(@l, @l)",
    "formatlist(@t, @l)",
    'formatlist("%v", @l)',
    "matchkeys(@l, @l, @l)",
    "[for x in @l : x]",
    "[for i, x in @l : [i, x]]",
    "[for k, v in @m : k]",
    "[for x in @l : x if x != @v]",
    "(@b ? @l : @l)",
    "@l[*]",
    "coalescelist(@l, @l)",
    'regexall("[a-z]", @t)',
)
_MAP_CALLS = (
    "{ a = @v, b = @v }",
    "{ a = @t }",
    '{ (trimspace(replace(@t, "\\n", ""))) = @v }',
    "tomap(@m)",
    "merge(@m, @m)",
    "zipmap(@l, @l)",
    "{ for x in @l : x => x }",
    "{ for k, v in @m : k => [v] }",
    "{ for i, x in @l : i => x... }",
    "transpose(@m)",
    "(@b ? @m : @m)",
)
_ANY_CALLS = (
    "lookup(@m, @t, @v)",
    "one(@l)",
    "@l[@n]",
    "@m.a",
    '@m["b"]',
    "coalesce(@v, @v)",
    "try(@v, @v)",
    "(@b ? @v : @v)",
    "jsondecode(jsonencode(@v))",
    "yamldecode(yamlencode(@v))",
    "sensitive(@v)",
    "nonsensitive(@v)",
    "element(@l, @n)",
)


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def expressions() -> st.SearchStrategy[str]:
    """Expressions of any type, nested up to three deep."""
    leaves = {
        "t": st.sampled_from([_quoted(word) for word in _WORDS]),
        "n": st.sampled_from(_NUMBERS),
        "b": st.sampled_from(["true", "false"]),
        "l": st.sampled_from(["[]", '["a", "b"]', '["b", "a", "b", ""]', "[1, 2]", "[true]", "[[1], [2, 3]]", "[null]", "tolist([])"]),
        "m": st.sampled_from(["{}", '{ a = 1, b = "x" }', '{ a = ["p"] }', 'tomap({ b = "1" })', "{ a = null }"]),
    }
    calls = {"t": _TEXT_CALLS, "n": _NUMBER_CALLS, "b": _BOOL_CALLS, "l": _LIST_CALLS, "m": _MAP_CALLS}
    levels = leaves
    for _ in range(2):
        anything = st.one_of(*levels.values(), st.just("null"))
        inside = {**levels, "v": anything}
        levels = {
            kind: st.one_of(
                leaves[kind], *(_filled(template, inside) for template in calls[kind]), *(_filled(t, inside) for t in _ANY_CALLS[:1])
            )
            for kind in leaves
        }
    inside = {**levels, "v": st.one_of(*levels.values())}
    return st.one_of(*levels.values(), *(_filled(template, inside) for template in _ANY_CALLS))


def _filled(template: str, parts: dict[str, st.SearchStrategy[str]]) -> st.SearchStrategy[str]:
    """The template with an expression for each `@` and the letter of a type."""
    pieces = [parts[piece[1]] if piece[:1] == "@" else st.just(piece) for piece in re.split(r"(@[tnblmv])", template)]
    return st.tuples(*pieces).map("".join)
