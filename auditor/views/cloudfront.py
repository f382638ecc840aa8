"""Origins of CloudFront distributions."""

from __future__ import annotations

import re

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.value import Unknown

_BUCKET = re.compile(r"\.s3(?!-website)(?:[.-](?:dualstack\.)?[a-z0-9-]+)?\.amazonaws\.com(?:\.cn)?$")
_BUCKET_NAMES = frozenset({"bucket_domain_name", "bucket_regional_domain_name"})
_AWS_ENDPOINT = re.compile(r"\.data\.mediastore\.|\.mediapackage\.|\.elb\.")


def is_bucket(origin: Node, graph: Graph) -> bool:
    """Whether an origin is an S3 bucket itself, not its website endpoint; raises `Undecided` when that is not known."""
    name = origin.at("domain_name")
    buckets = graph.targets(name, "aws_s3_bucket", "data.aws_s3_bucket")
    if buckets and any(ref.attribute in _BUCKET_NAMES for ref in name.refs):
        return True
    return _BUCKET.search(name.text or "") is not None


def is_aws_endpoint(origin: Node) -> bool:
    """Whether the origin is an endpoint of AWS that offers HTTPS under its own name."""
    name = origin.at("domain_name")
    if name.unknown and any(ref.attribute == "dns_name" for ref in name.refs):
        return True
    if isinstance(name.data, Unknown) and name.refs:
        return False
    return _AWS_ENDPOINT.search(name.text or "") is not None


def may_be_plain(policy: Node) -> bool:
    """Whether an origin protocol policy lets CloudFront use HTTP; without a custom origin there is none."""
    return not policy.missing and policy.text in ("http-only", "match-viewer")
