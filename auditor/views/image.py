"""Amazon machine images: the processors that one is built for, as far as the code says it."""

from __future__ import annotations

import re
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource

_WORDS: Final = {"arm64": "arm64", "aarch64": "arm64", "x86_64": "x86_64", "amd64": "x86_64"}
_WORD: Final = re.compile(r"(?<![a-z0-9])(arm64|aarch64|x86_64|amd64)(?![a-z0-9])")


def architectures(image: Node, graph: Graph) -> frozenset[str]:
    """What the image behind a value is built for (`x86_64`, `arm64`); empty when nothing says it. Raises `Undecided`."""
    looked_up = graph.targets(image, "data.aws_ami", "aws_ami")
    if looked_up:
        return frozenset().union(*map(_of_lookup, looked_up))
    parameters = graph.targets(image, "data.aws_ssm_parameter")
    names = [parameter.at("name") for parameter in parameters] or [image]
    return frozenset().union(*(_in_text(name.text or "") for name in names))


def _of_lookup(lookup: Resource) -> frozenset[str]:
    own = lookup.at("architecture")
    if not own.unknown and own.present:
        return _in_text(own.text or "")
    filters = list(lookup.body.each("filter"))
    for item in filters:
        if item.at("name").text == "architecture":
            return frozenset().union(*(_in_text(value.text or "") for value in item.each("values")))
    named = [value for item in filters if item.at("name").text == "name" for value in item.each("values")]
    found = [_in_text(value.text or "") for value in named]
    return frozenset().union(*found) if found and all(found) else frozenset()


def _in_text(text: str) -> frozenset[str]:
    return frozenset(_WORDS[word] for word in _WORD.findall(text))
