"""Every function with every kind of argument in every position."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.loaders.terraform.functions import FUNCTIONS

UNPREDICTABLE = frozenset({"bcrypt", "plantimestamp", "timestamp", "uuid"})
OF_THE_MACHINE = frozenset({"abspath", "pathexpand"})
"""What they give depends on where terraform runs, so here they are unknown."""

PROBES = (
    "null",
    "tostring(null)",
    "tolist(null)",
    '""',
    '"abc"',
    '"1"',
    '"true"',
    '"aé👍🏽"',
    "0",
    "1",
    "2",
    "-1",
    "1.5",
    "1e30",
    "1/0",
    "true",
    "false",
    "[]",
    "{}",
    '["a", "b"]',
    '["b", "", "a", "b"]',
    "[1, 2, 3]",
    '[1, "x", true]',
    "[true, false]",
    "[null]",
    '["a", null]',
    "[[1], [2, 3]]",
    "tolist([])",
    'tolist(["x", "y"])',
    "tolist([3, 1])",
    'toset(["x", "a"])',
    "toset([10, 9])",
    "toset([])",
    'tomap({ a = "1", b = "2" })',
    "tomap({})",
    '{ a = 1, b = "x" }',
    '{ a = ["p", "q"] }',
    'sensitive("abc")',
    'sensitive(["a"])',
)

ORDINARY = {
    "base": "10",
    "ciphertext": '"AAAA"',
    "cutset": '"a"',
    "default": '"d"',
    "duration": '"1h"',
    "encoding": '"UTF-8"',
    "end_index": "1",
    "format": '"%v"',
    "hostnum": "5",
    "index": "1",
    "inputMap": "{ a = 1, b = 2 }",
    "key": '"a"',
    "keys": '["a", "b"]',
    "length": "2",
    "list": '["a", "b"]',
    "lists": '["a", "b"]',
    "mapping": "{ a = 1 }",
    "maps": "{ a = 1 }",
    "name": '"x"',
    "namespace": '"dns"',
    "netnum": "3",
    "newbits": "4",
    "num": "8",
    "number": '"12"',
    "numbers": "3",
    "offset": "1",
    "params": "4",
    "path": '"hello.txt"',
    "pattern": '"a"',
    "power": "2",
    "prefix": '"10.0.0.0/8"',
    "privatekey": '"x"',
    "replace": '"z"',
    "searchset": '["a"]',
    "separator": '","',
    "size": "2",
    "spaces": "2",
    "start_index": "0",
    "substr": '"b"',
    "suffix": '"c"',
    "time": '"2024-02-29T13:14:15Z"',
    "timestamp": '"2024-02-29T13:14:15Z"',
    "timestamp_a": '"2024-02-29T13:14:15Z"',
    "timestamp_b": '"2024-02-29T13:14:15+01:00"',
    "value": '"b"',
    "values": '["a", "b"]',
}
"""An ordinary argument for the parameters of a name; any other gets text."""


def probe_expressions() -> Iterator[str]:
    """Calls with one argument probed and the others ordinary, and calls with too few and too many."""
    for name, function in sorted(FUNCTIONS.items()):
        if name in UNPREDICTABLE | OF_THE_MACHINE:
            continue
        ordinary = [ORDINARY.get(parameter.name, '"abc"') for parameter in function.parameters]
        rest = [] if function.variadic is None else [ORDINARY.get(function.variadic.name, '"abc"')]
        full = ordinary + rest
        yield f"{name}()"
        yield f"{name}({', '.join(ordinary)})"
        yield f"{name}({', '.join([*full, *rest, 'true'])})"
        for index in range(len(full)):
            for probe in PROBES:
                yield f"{name}({', '.join([*full[:index], probe, *full[index + 1 :]])})"
        if rest:
            for probe in PROBES:
                yield f"{name}({', '.join([*full, probe])})"
