"""The policies that AWS itself maintains, as data with its origin and date: one a line, found by its name."""

from __future__ import annotations

import json
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.span import NOWHERE
from auditor.model.value import NO_PLACE, from_plain
from auditor.views.policy import Policy
from auditor.views.statement import Use

_ARN = re.compile(r"arn:[^:]+:iam::aws:policy/(?:.*/)?([^/]+)")


@lru_cache(maxsize=512)
def aws_managed(arn: str) -> Policy | None:
    """The policy behind an ARN of AWS; None for one that is not among the data. It has no place of its own."""
    found = _ARN.fullmatch(arn)
    document = _document(found[1]) if found else None
    if document is None:
        return None
    body = Node(from_plain({"arn": arn, "policy": document}, lambda _path: NO_PLACE))
    carrier = Resource(Address("aws", arn), "data.aws_iam_policy", Facet.RUNNING, body, NOWHERE)
    where = carrier.at("policy")
    return Policy(carrier, Use.IDENTITY, where, where)


def origin() -> str:
    """Where the data comes from, and how new it is."""
    head = json.loads(_lines()[: _lines().index(b"\n")])
    return f"{head['origin']}, {head['date']}"


def _document(name: str) -> Any:
    """The document in the line of a policy: one is read, not all."""
    lines = _lines()
    start = lines.find(b'\n{"name":' + json.dumps(name).encode() + b",") + 1
    return json.loads(lines[start : lines.index(b"\n", start)])["document"] if start else None


@cache
def _lines() -> bytes:
    return (files("auditor.views.iam") / "aws_managed.jsonl").read_bytes()
