"""Who launches instances with encrypted volumes, and so has to use the key."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.views.decide import undecided
from auditor.views.iam.access import may, names_of
from auditor.views.iam.layers import Layer
from auditor.views.needs.keys import key_at
from auditor.views.own_key import lacks_own_key

_GROUPS = (
    ("aws_autoscaling_group", "launch_template.id"),
    ("aws_autoscaling_group", "launch_template.name"),
    ("aws_autoscaling_group", "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id"),
    ("aws_eks_node_group", "launch_template.id"),
)
_ACTIONS = ("kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt", "kms:CreateGrant")
_ROLE = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"


def key_faults(template: Resource, graph: Graph) -> Iterator[Fail]:
    """That the key of a volume does not let in the service-linked role of a group which launches from a template.

    Raises `Undecided` where the key trusts the account: whether that reaches a role that AWS keeps is AWS's to say.
    """
    for node in template.each("block_device_mappings.ebs.kms_key_id"):
        key = None if lacks_own_key(node) else key_at(node, graph)
        group = _group(template, graph) if key is not None else None
        if key is None or group is None:
            continue
        own = group.at("service_linked_role_arn").data
        role = own if isinstance(own, str) and own else f"arn:aws:iam::{names_of(graph).account}:{_ROLE}"
        lacking = [action for action in _ACTIONS if not _lets_in(role, action, key, node, graph)]
        if lacking:
            name = role.rpartition("/")[2]
            message = f"{name}, which launches the instances of {group.address}, may not {', '.join(lacking)} on {key.address}"
            yield Fail(node, message, expected=f"{name} in the key policy", related=(key.body, group.body))


def _lets_in(role: str, action: str, key: Resource, node: Node, graph: Graph) -> bool:
    context = {"kms:GrantIsForAWSResource": "true", "kms:ViaService": f"ec2.{names_of(graph).region}.amazonaws.com"}
    verdict = may(graph, role, action, key, context).decision.verdict(Layer.KMS)
    if verdict is None or verdict.denies or verdict.allows is False:
        return False
    if any(it.holds and it.allows and (it.principal.role or it.principal.itself) for it in verdict.statements):
        return True
    raise undecided(node, f"whether what {key.address} grants reaches {role.rpartition('/')[2]} is not known")


def _group(template: Resource, graph: Graph) -> Resource | None:
    for kind, path in _GROUPS:
        found = graph.attached(template, path, kind) if graph.of(kind) else ()
        if found:
            return found[0]
    return None
