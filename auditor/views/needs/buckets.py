"""Services that deliver to a bucket, or read from it, with nothing but the bucket's policy to let them in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.model.rule import Fail
from auditor.model.value import MISSING
from auditor.views.decide import given
from auditor.views.iam.access import names_of
from auditor.views.iam.hole import HOLE
from auditor.views.iam.request import ContextValue
from auditor.views.needs.lack import fail_of, lack_of
from auditor.views.needs.need import Need

_BUCKET: Final = ("aws_s3_bucket",)
_OBJECT = f"/{HOLE}"


@dataclass(frozen=True, slots=True)
class _Delivery:
    """`alone`: nothing but the policy lets the service in; otherwise (lists of access, what AWS adds by itself) only a Deny is certain."""

    kind: str
    path: str
    service: str
    actions: tuple[str, ...]
    purpose: str
    alone: bool = False
    prefix: str = ""
    """Where the first part of the keys is written; `log_tree`: `AWSLogs/ACCOUNT/` stands behind it."""
    log_tree: bool = True


_BALANCER = ("logdelivery.elasticloadbalancing", ("s3:PutObject",), "deliver access logs", False, "access_logs.prefix")
_DELIVERIES: Final = (
    _Delivery(
        "aws_cloudtrail", "s3_bucket_name", "cloudtrail", ("s3:GetBucketAcl", "s3:PutObject"), "deliver the trail", True, "s3_key_prefix"
    ),
    _Delivery(
        "aws_s3_bucket_logging", "target_bucket", "logging.s3", ("s3:PutObject",), "deliver access logs", False, "target_prefix", False
    ),
    _Delivery("aws_lb", "access_logs.bucket", *_BALANCER),
    _Delivery("aws_alb", "access_logs.bucket", *_BALANCER),
    _Delivery("aws_flow_log", "log_destination", "delivery.logs", ("s3:PutObject",), "deliver the flow log"),
)
_DISTRIBUTION = "aws_cloudfront_distribution"
KINDS: Final = " ".join(sorted({*(it.kind for it in _DELIVERIES), _DISTRIBUTION}))


def refusals(resource: Resource, graph: Graph) -> Iterator[Fail]:
    """What the policy of a bucket refuses to a service that needs it. Raises `Undecided` at the end for what is not certain."""
    doubt: Undecided | None = None
    for need, alone in _needs(resource, graph):
        try:
            lack = lack_of(need, graph)
        except Undecided as reason:
            doubt = doubt or reason
            continue
        if lack is not None and (alone or all(it.denied for it in lack.answers)):
            yield fail_of([lack], resource, graph)
    if doubt is not None:
        raise doubt


def _needs(resource: Resource, graph: Graph) -> Iterator[tuple[Need, bool]]:
    for it in _DELIVERIES:
        bucket = resource.at(it.path)
        if it.kind == resource.kind and given(bucket) and graph.targets(bucket, *_BUCKET) and _is_on(resource):
            service = f"{it.service}.amazonaws.com"
            context = _context(resource, graph) | {"s3:x-amz-acl": "bucket-owner-full-control"}
            yield Need(service, it.actions, bucket, bucket, it.purpose, _BUCKET, _object(it, resource, graph), context=context), it.alone
    for origin in resource.each("origin") if resource.kind == _DISTRIBUTION else ():
        domain = origin.at("domain_name")
        buckets = graph.targets(domain, *_BUCKET) or _of_domain(domain, graph)
        if given(origin.at("origin_access_control_id")) and len(buckets) == 1:
            target = buckets[0]
            context = _context(resource, graph)
            yield (
                Need("cloudfront.amazonaws.com", ("s3:GetObject",), target, domain, "serve files", _BUCKET, _OBJECT, context=context),
                True,
            )


def _object(delivery: _Delivery, resource: Resource, graph: Graph) -> str:
    """Which objects are written, as far as that is told."""
    prefix = resource.at(delivery.prefix or "-")
    if not delivery.prefix or prefix.unknown or resource.at("is_organization_trail").data not in (MISSING, None, False):
        return _OBJECT
    text = str(prefix.data) if isinstance(prefix.data, str) else ""
    if not delivery.log_tree:
        return f"/{text}{HOLE}"
    return f"/{text.rstrip('/')}{'/' if text else ''}AWSLogs/{names_of(graph).account}/{HOLE}"


def _of_domain(domain: Node, graph: Graph) -> tuple[Resource, ...]:
    """The bucket in `NAME.s3.REGION.amazonaws.com`."""
    name, sign, _ = domain.data.partition(".s3.") if isinstance(domain.data, str) else ("", "", "")
    return graph.called(name, *_BUCKET) if sign else ()


def _is_on(resource: Resource) -> bool:
    """Load balancers have a switch beside the name of the bucket."""
    switch: Node = resource.at("access_logs.enabled")
    return resource.kind not in ("aws_lb", "aws_alb") or (not switch.unknown and switch.flag is True)


def _context(resource: Resource, graph: Graph) -> dict[str, ContextValue]:
    names = names_of(graph)
    absent: dict[str, ContextValue] = dict.fromkeys(("aws:SourceVpce", "aws:SourceVpc", "aws:VpcSourceIp", "aws:SourceIp"), ())
    return {**absent, "aws:SourceArn": names.arn(resource), "aws:SourceAccount": names.account}
