"""The policies of the resource of a request: its own attribute, the resources that carry them for it, and what AWS gives it by default."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.value import UNMARKED, Place, Value
from auditor.views.audience import public_principal
from auditor.views.bucket import Bucket, policy_refused, policy_restricted
from auditor.views.decide import some
from auditor.views.iam.layers import Held, Layer
from auditor.views.iam.names import Names
from auditor.views.iam.truth import Truth, conj, disj
from auditor.views.policy import Policy, Use, policies
from auditor.views.statement import Statement

_CARRIED: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "aws_cloudwatch_event_bus": (("aws_cloudwatch_event_bus_policy", "event_bus_name"),),
    "aws_dynamodb_table": (("aws_dynamodb_resource_policy", "resource_arn"),),
    "aws_ecr_repository": (("aws_ecr_repository_policy", "repository"),),
    "aws_efs_file_system": (("aws_efs_file_system_policy", "file_system_id"),),
    "aws_kinesis_stream": (("aws_kinesis_resource_policy", "resource_arn"),),
    "aws_kms_key": (("aws_kms_key_policy", "key_id"),),
    "aws_opensearch_domain": (("aws_opensearch_domain_policy", "domain_name"),),
    "aws_s3_bucket": (("aws_s3_bucket_policy", "bucket"),),
    "aws_secretsmanager_secret": (("aws_secretsmanager_secret_policy", "secret_arn"),),
    "aws_sns_topic": (("aws_sns_topic_policy", "arn"),),
    "aws_sqs_queue": (("aws_sqs_queue_policy", "queue_url"),),
}
"""Kind -> the kinds that carry policies for it, each with the attribute that names it."""

WITH_POLICIES: Final = frozenset(
    {
        "backup", "codeartifact", "dynamodb", "ecr", "elasticfilesystem", "es", "events", "execute-api", "glacier", "glue", "kinesis",
        "kms", "lambda", "s3", "secretsmanager", "ses", "sns", "sqs", "sts",
    }
)  # fmt: skip
"""The services whose resources may have policies of their own."""


def layer_of(action: str) -> Layer:
    """As which layer the policy of the resource of an action takes part."""
    service, _, name = action.lower().partition(":")
    if service == "kms":
        return Layer.KMS
    return Layer.TRUST if service == "sts" and name.startswith("assumerole") else Layer.RESOURCE


def of_target(resource: Resource, names: Names) -> Held:
    """The policies of a resource."""
    gaps: list[str] = []
    found: list[Policy] = []
    try:
        found += [policy for policy in policies(resource, names.graph) if policy.use in (Use.RESOURCE, Use.TRUST) and _given(policy)]
        for kind, path in _CARRIED.get(resource.kind, ()):
            for carrier in _carriers(resource, kind, path, names):
                found += [policy for policy in policies(carrier, names.graph) if policy.use is Use.RESOURCE]
        if resource.kind == "aws_lambda_function":
            found += [_permission(it, resource, names) for it in _carriers(resource, "aws_lambda_permission", "function_name", names)]
    except Undecided as reason:
        gaps.append(str(reason))
    if resource.kind in ("aws_kms_key", "aws_kms_replica_key") and not found and not gaps:
        found.append(_default_key_policy(resource, names))
    if resource.kind in _GRANTED and names.graph.of("aws_kms_grant"):
        found += _granted(resource, names)
    return Held(tuple(found), tuple(gaps))


_GRANTED = ("aws_kms_key", "aws_kms_replica_key", "aws_kms_external_key", "aws_kms_replica_external_key")
"""Keys, for which there are grants beside policies."""


def closed_to_strangers(resource: Resource, graph: Graph) -> Truth:
    """Whether a bucket lets nobody in from outside of its account because its policy is public.

    `RestrictPublicBuckets` sees to that; `BlockPublicPolicy` refuses such a policy, but not one that was there before.
    """
    if resource.kind != "aws_s3_bucket":
        return False
    refused = None if _truth(lambda: policy_refused(resource, graph)) is not False else False
    kept_out = disj(_truth(lambda: policy_restricted(resource, graph)), refused)
    return conj(kept_out, _truth(lambda: _is_public(Bucket(resource, graph))))


def _is_public(bucket: Bucket) -> bool:
    return some(*(partial(_opens, statement) for statement in bucket.statements))


def _opens(statement: Statement) -> bool:
    return public_principal(statement) is not None


def _truth(read: Callable[[], bool]) -> Truth:
    try:
        return read()
    except Undecided:
        return None


def _given(policy: Policy) -> bool:
    return policy.where.unknown or (policy.where.present and policy.where.data != "")


def _carriers(resource: Resource, kind: str, path: str, names: Names) -> tuple[Resource, ...]:
    """The resources of a kind that name this one, also by a URL or an ARN that is not known before the apply."""
    found = dict.fromkeys(names.graph.attached(resource, path, kind))
    by_text = names.once(("carriers", kind, path), lambda: _by_text(kind, path, names.graph))
    arn = names.arn(resource)
    for text in (arn, arn.rpartition(":")[2]):
        found.update(dict.fromkeys(by_text.get(text, ())))
    return tuple(found)


def _by_text(kind: str, path: str, graph: Graph) -> Mapping[str, list[Resource]]:
    found: dict[str, list[Resource]] = defaultdict(list)
    for carrier in graph.of(kind):
        node = carrier.at(path)
        if not node.unknown and node.text:
            found[node.text].append(carrier)
    return found


def _made(resource: Resource, statements: list[dict[str, Any]], place: Place, use: Use = Use.RESOURCE) -> Policy:
    where = Node(_value({"Version": "2012-10-17", "Statement": statements}, place), "")
    return Policy(resource, use, where, where)


def _value(data: Any, place: Place) -> Value:
    match data:
        case Node():
            return data.value_
        case dict():
            return Value({key: _value(item, place) for key, item in data.items()}, place, UNMARKED)
        case list():
            return Value([_value(item, place) for item in data], place, UNMARKED)
        case _:
            return Value(data, place, UNMARKED)


def _default_key_policy(resource: Resource, names: Names) -> Policy:
    """Without a policy a key trusts the identity policies of its account."""
    statement = {"Effect": "Allow", "Principal": {"AWS": f"arn:aws:iam::{names.account}:root"}, "Action": "kms:*", "Resource": "*"}
    return _made(resource, [statement], resource.body.value_.place)


def _granted(key: Resource, names: Names) -> Iterator[Policy]:
    """`aws_kms_grant` as the statement that would do the same; where it is open of which key one is, one that allows nobody knows whom."""
    try:
        grants = _carriers(key, "aws_kms_grant", "key_id", names)
    except Undecided as reason:
        place = reason.node.value_.place
        anyone = {"Effect": "Allow", "Principal": {"AWS": reason.node}, "Action": "kms:*", "Resource": "*"}
        yield _made(key, [anyone], place)
        return
    for grant in grants:
        conditions: dict[str, dict[str, Node]] = {}
        for table in grant.each("constraints"):
            for block in ("encryption_context_equals", "encryption_context_subset"):
                found = table.at(block)
                for name, value in [("", found)] if found.unknown else found.entries():
                    conditions.setdefault("StringEquals", {})[f"kms:EncryptionContext:{name}"] = value
        statement = {
            "Effect": "Allow",
            "Principal": {"AWS": grant.at("grantee_principal")},
            "Action": [it if it.unknown else Node(_value(f"kms:{it.text}", it.value_.place)) for it in grant.each("operations")],
            "Resource": "*",
            **({"Condition": conditions} if conditions else {}),
        }
        yield _made(grant, [statement], grant.body.value_.place)


def _permission(permission: Resource, function: Resource, names: Names) -> Policy:
    """`aws_lambda_permission` as the statement that it adds to the policy of the function."""
    principal = permission.at("principal")
    service = not principal.unknown and (principal.text or "").endswith((".amazonaws.com", ".amazonaws.com.cn"))
    conditions: dict[str, dict[str, Node]] = {}
    for operator, key, path in _PERMISSION_CONDITIONS:
        node = permission.at(path)
        if node.unknown or node.present:
            conditions.setdefault(operator, {})[key] = node
    statement = {
        "Effect": "Allow",
        "Principal": {"Service" if service else "AWS": principal},
        "Action": permission.at("action"),
        "Resource": [names.arn(function), names.arn(function) + ":*"],
        **({"Condition": conditions} if conditions else {}),
    }
    return _made(permission, [statement], permission.body.value_.place)


_PERMISSION_CONDITIONS = (
    ("ArnLike", "AWS:SourceArn", "source_arn"),
    ("StringEquals", "AWS:SourceAccount", "source_account"),
    ("StringEquals", "lambda:EventSourceToken", "event_source_token"),
    ("StringEquals", "aws:PrincipalOrgID", "principal_org_id"),
)


def tags(resource: Resource) -> Iterator[tuple[str, Node]]:
    """The tags that a resource is known to have."""
    for path in ("tags", "tags_all"):
        node = resource.at(path)
        if not node.unknown:
            yield from node.entries()
