"""Web ACLs of WAFv2: the managed rule groups in them, and what they protect."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource

ACL: Final = "aws_wafv2_web_acl"
PROTECTED: Final = "aws_lb aws_alb aws_cloudfront_distribution aws_api_gateway_stage aws_apigatewayv2_api aws_appsync_graphql_api"
KNOWN_BAD_INPUTS: Final = "AWSManagedRulesKnownBadInputsRuleSet"
"""The group that stops Log4Shell and its like."""

_LOG4J: Final = "Log4JRCE"


def managed_groups(acl: Node, name: str) -> Iterator[Node]:
    """The rules of a web ACL that run a managed group of AWS; a rule that is not known may be one, so it raises `Undecided`."""
    for rule in acl.each("rule"):
        if rule.at("statement.managed_rule_group_statement.name").text == name:
            yield rule


def acts(rule: Node) -> bool:
    """Whether a rule with a group blocks what the group says, rather than counting it, Log4Shell included."""
    statement = rule.at("statement.managed_rule_group_statement")
    if rule.at("override_action.count").present:
        return False
    if any((excluded.text or "").startswith(_LOG4J) for excluded in statement.each("excluded_rule.name")):
        return False
    overridden = (o for o in statement.each("rule_action_override") if (o.at("name").text or "").startswith(_LOG4J))
    return not any(override.at("action_to_use.count").present or override.at("action_to_use.allow").present for override in overridden)


def acls_of(resource: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The web ACLs in this graph that protect a resource."""
    nodes = [resource.at("web_acl_id")] if resource.kind == "aws_cloudfront_distribution" else []
    if resource.kind != "aws_cloudfront_distribution":
        associations = graph.attached(resource, "resource_arn", "aws_wafv2_web_acl_association")
        nodes = [association.at("web_acl_arn") for association in associations]
    return tuple(dict.fromkeys(acl for node in nodes for acl in graph.targets(node, ACL)))
