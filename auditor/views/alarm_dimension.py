"""By which of their attributes CloudWatch knows the resources of AWS."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import partial
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.views.alarm import Watched
from auditor.views.cache import of_graph
from auditor.views.provider import provider_major

_KNOWN_BY: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    "LoadBalancer": {"aws_lb": ("arn_suffix",), "aws_alb": ("arn_suffix",)},
    "TargetGroup": {"aws_lb_target_group": ("arn_suffix",), "aws_alb_target_group": ("arn_suffix",)},
    "LoadBalancerName": {"aws_elb": ("name", "id")},
    "DBInstanceIdentifier": {"aws_db_instance": ("identifier",), "aws_rds_cluster_instance": ("identifier", "id")},
    "DBClusterIdentifier": {"aws_rds_cluster": ("cluster_identifier", "id"), "aws_docdb_cluster": ("cluster_identifier", "id")},
    "CacheClusterId": {"aws_elasticache_cluster": ("cluster_id", "id")},
    "QueueName": {"aws_sqs_queue": ("name",)},
    "TopicName": {"aws_sns_topic": ("name",)},
    "FunctionName": {"aws_lambda_function": ("function_name", "id")},
    "TableName": {"aws_dynamodb_table": ("name", "id")},
    "StreamName": {"aws_kinesis_stream": ("name",)},
    "DeliveryStreamName": {"aws_kinesis_firehose_delivery_stream": ("name",)},
    "ClusterName": {"aws_ecs_cluster": ("name",), "aws_eks_cluster": ("name", "id")},
    "ServiceName": {"aws_ecs_service": ("name",)},
    "AutoScalingGroupName": {"aws_autoscaling_group": ("name", "id")},
    "InstanceId": {"aws_instance": ("id",)},
    "BucketName": {"aws_s3_bucket": ("bucket", "id")},
    "DistributionId": {"aws_cloudfront_distribution": ("id",)},
    "ApiId": {"aws_apigatewayv2_api": ("id",)},
    "ApiName": {"aws_api_gateway_rest_api": ("name",)},
    "NatGatewayId": {"aws_nat_gateway": ("id",)},
    "FileSystemId": {"aws_efs_file_system": ("id",)},
    "StateMachineArn": {"aws_sfn_state_machine": ("arn", "id")},
    "HealthCheckId": {"aws_route53_health_check": ("id",)},
    "VolumeId": {"aws_ebs_volume": ("id",)},
    "DomainName": {"aws_opensearch_domain": ("domain_name",), "aws_elasticsearch_domain": ("domain_name",)},
}
"""dimension -> kind -> the attributes that hold its value; the dimensions of each service's metrics in the CloudWatch guides."""


@dataclass(frozen=True, slots=True)
class WrongAttribute:
    """A dimension that holds an attribute of `target` that CloudWatch does not know it by. `expected`: the one that it does."""

    where: Node
    target: Resource
    attribute: str
    expected: str


@dataclass(frozen=True, slots=True)
class Misspelt:
    """A dimension with a name that nothing has, close to that of `nearest`."""

    where: Node
    nearest: Resource
    name: str


def wrong_attributes(metric: Watched, graph: Graph) -> Iterator[WrongAttribute]:
    """The dimensions that are made from another attribute than CloudWatch knows. Only of AWS's own metrics, and of whole values."""
    for dimension, node in _dimensions(metric):
        kinds = _KNOWN_BY.get(dimension, {})
        if not node.refs and isinstance(node.data, str) and node.data:
            yield from _by_text(dimension, node, graph)
            continue
        if len(node.refs) != 1 or len(getattr(node.data, "parts", ())) > 1:
            continue
        attribute = node.refs[0].attribute
        for target in graph.find(node.refs[0].address):
            known = kinds.get(target.kind)
            if known and "[" not in attribute and attribute and attribute not in (*known, *_also(target, dimension, graph)):
                yield WrongAttribute(node, target, attribute, known[0])
                break


def _by_text(dimension: str, node: Node, graph: Graph) -> Iterator[WrongAttribute]:
    """The same where only the text is left of what was an attribute: in states, plans and replies."""
    if node.data in of_graph(graph, f"names-for-{dimension}", partial(_names, dimension, graph)):
        return
    others = of_graph(graph, f"other-names-for-{dimension}", partial(_other_names, dimension, graph))
    found = others.get(str(node.data))
    if found is not None:
        target, attribute = found
        yield WrongAttribute(node, target, attribute, _KNOWN_BY[dimension][target.kind][0])


def _other_names(dimension: str, graph: Graph) -> dict[str, tuple[Resource, str]]:
    found: dict[str, tuple[Resource, str]] = {}
    for kind, attributes in _KNOWN_BY.get(dimension, {}).items():
        for resource in graph.of(kind):
            for attribute in ("arn", "url", "name"):
                text = resource.at(attribute).data
                if attribute not in attributes and isinstance(text, str) and text:
                    found.setdefault(text, (resource, attribute))
    return found


def misspelt(metric: Watched, graph: Graph) -> Iterator[Misspelt]:
    """The dimensions with a name that no resource of their kinds has, while one of them has nearly that name."""
    for dimension, node in _dimensions(metric):
        if not isinstance(node.data, str) or node.refs or not node.data:
            continue
        names = of_graph(graph, f"names-for-{dimension}", partial(_names, dimension, graph))
        if node.data in names:
            continue
        slips = of_graph(graph, f"slips-for-{dimension}", partial(_by_words, names))
        near = {name for key in _keys(node.data) for name in slips.get(key, ())}
        found = next((name for name in sorted(near) if _slip(str(node.data), name)), None)
        if found is not None:
            yield Misspelt(node, names[found], found)


_CLOSE: Final = 0.85
_SHORTEST: Final = 5
_WORD = re.compile(r"[A-Za-z]+|\d+")


def _by_words(names: Mapping[str, Resource]) -> dict[tuple[str, ...], list[str]]:
    """The names by their words with any one of them left out: what a slip has in common with the name that was meant."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name in names:
        for key in _keys(name):
            found.setdefault(key, []).append(name)
    return found


def _keys(text: str) -> Iterator[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    for index in range(len(words)):
        yield (*words[:index], "", *words[index + 1 :])


def _slip(written: str, name: str) -> bool:
    """Whether one text is a slip of the pen for the other: capitals, separators, or one long word with a letter more or less.

    `orders-1` is not one for `orders-2`, nor `web-eu` for `web-us`: those are the names of two things.
    """
    one, other = _WORD.findall(written.lower()), _WORD.findall(name.lower())
    if one == other:
        return True
    pairs = [(a, b) for a, b in zip(one, other, strict=False) if a != b]
    if len(one) != len(other) or len(pairs) != 1:
        return False
    ((a, b),) = pairs
    return a.isalpha() and b.isalpha() and min(len(a), len(b)) >= _SHORTEST and SequenceMatcher(None, a, b).ratio() >= _CLOSE


def _names(dimension: str, graph: Graph) -> dict[str, Resource]:
    found: dict[str, Resource] = {}
    for kind, attributes in _KNOWN_BY.get(dimension, {}).items():
        for resource in graph.of(kind):
            texts = (resource.at(attribute).data for attribute in attributes)
            found.update({text: resource for text in texts if isinstance(text, str)})
    return found


def _dimensions(metric: Watched) -> Iterator[tuple[str, Node]]:
    space = metric.namespace.data
    if isinstance(space, str) and space.startswith("AWS/") and isinstance(metric.dimensions.data, dict):
        yield from metric.dimensions.entries()


def _also(target: Resource, dimension: str, graph: Graph) -> tuple[str, ...]:
    """What is right as well: before version 5 of the provider the `id` of an instance was its identifier."""
    if dimension != "DBInstanceIdentifier" or target.kind != "aws_db_instance":
        return ()
    major = provider_major(graph)
    return ("id",) if major is None or major < 5 or target.facet is not Facet.WRITTEN else ()
