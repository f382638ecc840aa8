"""Who has to use which key: whoever reads or writes what is encrypted with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.bucket import Bucket
from auditor.views.iam.access import may, names_of
from auditor.views.iam.hole import HOLE
from auditor.views.iam.question import personal
from auditor.views.iam.request import ContextValue
from auditor.views.needs.need import Need
from auditor.views.own_key import lacks_own_key
from auditor.views.statement import Statement

KEY: Final = "aws_kms_key"
_KEYS: Final = (KEY, "aws_kms_replica_key")
_ALIAS = "aws_kms_alias"
_PATHS: Final[Mapping[str, str]] = {
    "aws_kinesis_stream": "kms_key_id",
    "aws_secretsmanager_secret": "kms_key_id",
    "aws_sns_topic": "kms_master_key_id",
    "aws_sqs_queue": "kms_master_key_id",
    "aws_ssm_parameter": "key_id",
}
_READ = ("kms:Decrypt",)
_WRITE = ("kms:GenerateDataKey",)
_BOTH = ("kms:GenerateDataKey", "kms:Decrypt")
_USES: Final[Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]] = {
    "aws_kinesis_stream": (("kinesis:GetRecords", _READ), ("kinesis:PutRecord", _WRITE), ("kinesis:PutRecords", _WRITE)),
    "aws_s3_bucket": (("s3:GetObject", _READ), ("s3:PutObject", _WRITE)),
    "aws_secretsmanager_secret": (("secretsmanager:GetSecretValue", _READ),),
    "aws_sns_topic": (("sns:Publish", _BOTH),),
    "aws_sqs_queue": (("sqs:ReceiveMessage", _READ), ("sqs:SendMessage", _BOTH)),
    "aws_ssm_parameter": (("ssm:GetParameter", _READ), ("ssm:GetParameters", _READ)),
}
"""Kind -> the actions that take its key, with what they take of it."""


def key_of(resource: Resource, graph: Graph) -> Node | None:
    """The value that names the key of one's own with which a resource is encrypted; None where there is none."""
    bucket = resource.kind == "aws_s3_bucket"
    node = Bucket(resource, graph).encryption.at("kms_master_key_id") if bucket else resource.at(_PATHS[resource.kind])
    return None if lacks_own_key(node) else node


def key_at(node: Node, graph: Graph) -> Resource | None:
    """The key that a value leads to, also by an alias; None where it is not here."""
    for alias in graph.targets(node, _ALIAS):
        for path in ("target_key_id", "target_key_arn"):
            found = graph.targets(alias.at(path), *_KEYS)
            if found:
                return found[0]
    found = graph.targets(node, *_KEYS)
    return found[0] if len(found) == 1 else None


def via(service: str, graph: Graph) -> dict[str, ContextValue]:
    """What the request for a key tells when a service makes it for its caller."""
    names = names_of(graph)
    return {"kms:ViaService": f"{service}.{names.region}.amazonaws.com", "kms:CallerAccount": names.account}


def key_needs(role: Resource, graph: Graph) -> Iterator[Need]:
    """What a role needs of the keys of those resources that its policies name and let it read or write."""
    seen: set[tuple[str, tuple[str, ...]]] = set()
    for policy in personal(role, names_of(graph))[0].policies:
        for statement in policy.statements:
            for node, target in _named_in(statement, graph):
                key = key_of(target, graph)
                for action, needed in _USES[target.kind] if key is not None else ():
                    if key is not None and (target.address.text, needed) not in seen and _may(role, statement, action, target, graph):
                        seen.add((target.address.text, needed))
                        yield _of_key(role, target, action, needed, node, key, graph)


def _named_in(statement: Statement, graph: Graph) -> Iterator[tuple[Node, Resource]]:
    """The encrypted resources that an Allow names."""
    if statement.where.unknown or statement.where.at("Effect").unknown or not statement.allows:
        return
    for node in statement.resources:
        for target in graph.targets(node, *_USES):
            yield node, target


def _may(role: Resource, statement: Statement, action: str, target: Resource, graph: Graph) -> bool:
    """Whether a statement grants an action by which the role gets at what is encrypted, and nothing else certainly denies that."""
    try:
        granted = statement.grants(action) is not None
    except Undecided:
        return False
    part = f"/{HOLE}" if target.kind == "aws_s3_bucket" else ""
    return granted and may(graph, role, action, target, part=part).allowed is not False


def _of_key(role: Resource, target: Resource, action: str, needed: tuple[str, ...], node: Node, key: Node, graph: Graph) -> Need:
    purpose = f"do {action} on {target.address}, which is encrypted with it"
    return Need(role, needed, key_at(key, graph) or key, node, purpose, _KEYS, context=via(action.partition(":")[0], graph))
