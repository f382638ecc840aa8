"""The table of Kubernetes' types: how it is written, and that it holds together."""

from __future__ import annotations

import re

import pytest

from auditor.views.kubernetes import lifecycle
from auditor.views.kubernetes.schema_table import known_kinds, lifetime, shape, table
from scripts import update_kubernetes_schema as update

DEFINITIONS = {
    25: {
        "a.Thing": {
            "properties": {"size": {"type": ["integer", "null"]}, "part": {"$ref": "#/$defs/a.Part"}, "gone": {"type": "string"}},
            "required": ["part"],
            "x-kubernetes-group-version-kind": [{"group": "a.io", "version": "v1", "kind": "Thing"}],
        },
        "a.Part": {"properties": {"names": {"type": "array", "items": {"type": "string"}}}},
    },
    26: {
        "a.Thing": {
            "properties": {"size": {"$ref": "#/$defs/io.k8s.apimachinery.pkg.api.resource.Quantity"}, "part": {"$ref": "#/$defs/a.Part"}},
            "required": ["part"],
            "x-kubernetes-group-version-kind": [{"group": "a.io", "version": "v1", "kind": "Thing"}],
        },
        "a.Part": {"properties": {"names": {"type": "array", "items": {"type": "string"}}, "free": {"type": "object"}}},
    },
}
NUMBERS = {"a.Part": 0, "a.Thing": 1}


def test_a_line_tells_the_fields_of_all_versions() -> None:
    assert update.line("a.Thing", DEFINITIONS, NUMBERS, [25, 26]) == "gone s 25-25\tpart !0\tsize i 25-25\tsize q 26-26"
    assert update.line("a.Part", DEFINITIONS, NUMBERS, [25, 26]) == "free a 26-26\tnames Ls"
    assert update.kinds(DEFINITIONS, NUMBERS, [25, 26]) == ["a.io/v1 Thing 1"]


@pytest.mark.parametrize(("at", "text"), [([25, 26, 27], ""), ([25, 27], " 25-25,27-27"), ([26, 27], " 26-27")])
def test_versions_are_written_as_spans(at: list[int], text: str) -> None:
    assert update.span(at, [25, 26, 27]) == text


def test_what_the_server_does_not_enforce_is_not_required() -> None:
    definition = {"properties": {"podSelector": {"type": "object"}, "x": {"type": "string"}}, "required": ["podSelector", "x"]}
    assert update.line("io.NetworkPolicySpec", {25: {"io.NetworkPolicySpec": definition}}, {}, [25]) == "podSelector a\tx !s"


def test_the_table_holds_together() -> None:
    it = table()
    letters = re.compile(r"(?:[LM])*(?:[sinbqxa]|s=[\w|]+|\d+)")
    for number in range(len(it.types)):
        for minor in range(it.first, it.last + 1):
            for kind in shape(str(number), minor).fields.values():
                assert letters.fullmatch(kind), kind
                assert not kind.strip("LM").isdigit() or int(kind.strip("LM")) < len(it.types)
    assert (1, it.last) == lifecycle.NEWEST
    assert {"Pod", "Deployment", "Ingress", "CustomResourceDefinition"} <= set(known_kinds().split())


def test_a_field_lives_from_one_version_to_another() -> None:
    it = table()
    (number, *_), *_ = it.kinds["v1", "Pod"]
    spec = shape(number, it.last).fields["spec"]
    assert lifetime(spec, "containers") == (it.first, it.last)
    assert lifetime(spec, "resources") == (32, it.last)
    assert lifetime(spec, "nonsense") is None
    assert "resources" not in shape(spec, 31).fields
    assert shape(spec, it.last).required == ("containers",)
