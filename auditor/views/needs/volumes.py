"""Who launches instances with encrypted volumes, and so has to use the key."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.iam.access import names_of
from auditor.views.needs.keys import key_at
from auditor.views.needs.need import Need
from auditor.views.own_key import lacks_own_key

_GROUPS = (
    ("aws_autoscaling_group", "launch_template.id"),
    ("aws_autoscaling_group", "launch_template.name"),
    ("aws_autoscaling_group", "mixed_instances_policy.launch_template.launch_template_specification.launch_template_id"),
    ("aws_eks_node_group", "launch_template.id"),
)
_ACTIONS = ("kms:GenerateDataKeyWithoutPlaintext", "kms:Decrypt", "kms:CreateGrant")
_ROLE = "role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling"


def volume_key_needs(template: Resource, graph: Graph) -> Iterator[Need]:
    """What the service-linked role of the groups that launch from a template needs of the keys of its volumes."""
    for node in template.each("block_device_mappings.ebs.kms_key_id"):
        key = None if lacks_own_key(node) else key_at(node, graph)
        if key is None:
            continue
        for kind, path in _GROUPS:
            for group in graph.attached(template, path, kind) if graph.of(kind) else ():
                given_role = group.at("service_linked_role_arn")
                own = given_role.data if given(given_role) and isinstance(given_role.data, str) else ""
                role = own or f"arn:aws:iam::{names_of(graph).account}:{_ROLE}"
                context = {"kms:GrantIsForAWSResource": "true", "kms:ViaService": f"ec2.{names_of(graph).region}.amazonaws.com"}
                yield Need(role, _ACTIONS, key, node, f"launch the instances of {group.address}", context=context)
