"""The encoded values of Secrets. What they hold is never said."""

from __future__ import annotations

import base64
import binascii
import re

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource

_FILLED_IN = re.compile(r"\$\{|\$\(|\{\{|^<.*>$|^ENC\[|^(?:ref\+|vault:|AVP)|^\s*$", re.DOTALL)


def encoded_values(secret: Resource, graph: Graph) -> tuple[Node, ...]:
    """The values under `data`, as the places of a rule; not those that another tool encrypted or fills in. Raises `Undecided`."""
    if secret.at("sops").present:
        return ()
    found = [node for _, node in secret.at("data").entries()]
    return tuple(it for it in found if it.unknown or (isinstance(it.data, str) and not _FILLED_IN.search(it.data)))


def decoded(value: Node) -> bytes | None:
    """What a value holds; None when it is no base64. Raises `Undecided`."""
    text = value.text
    if text is None:
        return None
    try:
        return base64.b64decode(text.replace("\n", "").replace("\r", ""), validate=True)
    except (binascii.Error, ValueError):
        return None
