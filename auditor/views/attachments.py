"""Managed policies by name: which resources attach them, and to which policy a value leads."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node

_PATHS: Mapping[str, str] = {
    "aws_iam_group_policy_attachment": "policy_arn",
    "aws_iam_policy_attachment": "policy_arn",
    "aws_iam_role": "managed_policy_arns",
    "aws_iam_role_policy_attachment": "policy_arn",
    "aws_iam_role_policy_attachments_exclusive": "policy_arns",
    "aws_iam_user_policy_attachment": "policy_arn",
    "aws_ssoadmin_managed_policy_attachment": "managed_policy_arn",
}
KINDS: Final = " ".join(_PATHS)
"""The kinds that attach managed policies, as a rule's target."""

_AWS_MANAGED = re.compile(r"arn:[^:]+:iam::aws:policy/(?:.*/)?([^/]+)")


def attached(body: Node) -> Iterator[Node]:
    """The ARNs of managed policies that a resource of one of these kinds attaches."""
    for path in sorted(set(_PATHS.values())):
        yield from body.each(path)


def managed_policy(arn: Node, graph: Graph) -> str | None:
    """The name of the AWS managed policy behind an ARN, also one that is looked up by name; None for any other policy."""
    if not arn.unknown:
        found = _AWS_MANAGED.fullmatch(arn.text or "")
        return found[1] if found else None
    for source in graph.targets(arn, "data.aws_iam_policy"):
        name, given = source.at("name"), source.at("arn")
        if not name.missing:
            return name.text
        if not given.missing:
            return managed_policy(given, graph)
    return arn.text if not arn.refs else None
