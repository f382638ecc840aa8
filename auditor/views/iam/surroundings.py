"""The context keys of a request that follow from who makes it, from what the graphs know of both ends, and from nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.iam.request import UNKNOWN_ACCOUNT, Caller, CallerKind, ContextValue, region_of
from auditor.views.iam.target import tags

_TYPES: Final[Mapping[CallerKind, str]] = {
    CallerKind.USER: "User",
    CallerKind.SESSION: "AssumedRole",
    CallerKind.FEDERATED_USER: "FederatedUser",
    CallerKind.ROOT: "Account",
    CallerKind.ANONYMOUS: "Anonymous",
}
Known = tuple[dict[str, ContextValue], frozenset[str]]
"""The values of keys, and the keys (or their beginnings) that are certainly absent."""


_OF_IAM: Final = ("iam:AssociatedResourceArn", "iam:AWSServiceName", "iam:PassedToService", "iam:PermissionsBoundary", "iam:PolicyARN")
"""The keys that requests to IAM alone have."""


def surroundings(
    caller: Caller, action: str, arn: str | None, owner: str, actor: Resource | None, aim: Resource | None, graphs: Iterable[Graph]
) -> Known:
    """What is certain of the context; `actor` and `aim` are the resources of the principal and of the target."""
    values: dict[str, ContextValue] = {"aws:SecureTransport": "true"}  # what an SDK uses unless it is told otherwise
    absent: set[str] = set() if action.lower().startswith("iam:") else set(_OF_IAM)
    service = caller.kind is CallerKind.SERVICE
    values["aws:PrincipalIsAWSService"] = "true" if service else "false"
    if service:
        values["aws:PrincipalServiceName"] = caller.arn
        absent |= {"aws:PrincipalArn", "aws:PrincipalAccount", "aws:username", "aws:PrincipalOrgID"}
    elif caller.account:
        values["aws:PrincipalArn"] = caller.role or caller.arn
        values["aws:PrincipalAccount"] = caller.account
    if caller.kind in _TYPES:
        values["aws:PrincipalType"] = _TYPES[caller.kind]
    if caller.kind is CallerKind.USER:
        values["aws:username"] = caller.name
    elif caller.kind in (CallerKind.SESSION, CallerKind.ROOT):
        absent.add("aws:username")
    if owner and owner != UNKNOWN_ACCOUNT:
        values["aws:ResourceAccount"] = owner
    if region := region_of(arn):
        values["aws:RequestedRegion"] = region
    if not service and (organization := _organization(graphs)):
        values["aws:PrincipalOrgID"] = organization
    values |= _tagged(actor, "aws:PrincipalTag/")
    values |= _tagged(aim, "aws:ResourceTag/")
    if aim is not None and not any(aim.at(path).unknown for path in ("tags", "tags_all")):
        absent.add("aws:ResourceTag/")
    return values, frozenset(absent)


def _tagged(resource: Resource | None, prefix: str) -> dict[str, ContextValue]:
    found = () if resource is None else tags(resource)
    return {prefix + key: node.text or "" for key, node in found if not node.unknown}


def _organization(graphs: Iterable[Graph]) -> str:
    for graph in graphs:
        for it in graph.of("aws_organizations_organization", "data.aws_organizations_organization"):
            if isinstance(data := it.at("id").data, str) and data.startswith("o-"):
                return data
    return ""
