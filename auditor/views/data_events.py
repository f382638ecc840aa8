"""Which trails record the data events of a bucket: reads and writes of its objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.decide import every, some

Access = Literal["ReadOnly", "WriteOnly"]


def recorded(bucket: Resource, graph: Graph, access: Access) -> bool:
    """Whether a trail of the graph records that kind of access to the bucket's objects."""
    trails = graph.of("aws_cloudtrail")
    return some(
        *(lambda s=selector: _by_selector(s, bucket, graph, access) for selector in _selectors(trails, "event_selector")),
        *(lambda s=selector: _by_fields(s, bucket, graph, access) for selector in _selectors(trails, "advanced_event_selector")),
    )


def _selectors(trails: tuple[Resource, ...], path: str) -> Iterator[Node]:
    for trail in trails:
        yield from trail.body.each(path)


def _by_selector(selector: Node, bucket: Resource, graph: Graph, access: Access) -> bool:
    kind = selector.at("read_write_type")
    return every(
        lambda: kind.missing or kind.text in ("All", access),
        lambda: some(*(lambda d=data: _holds(d, bucket, graph) for data in selector.each("data_resource"))),
    )


def _holds(data: Node, bucket: Resource, graph: Graph) -> bool:
    if data.at("type").text != "AWS::S3::Object":
        return False
    return some(*(lambda v=value: _names(v, bucket, graph) for value in data.each("values")))


def _names(value: Node, bucket: Resource, graph: Graph) -> bool:
    """Whether an ARN of a selector covers the bucket's objects: all of S3, or the bucket with a slash at the end."""
    if bucket in graph.targets(value, "aws_s3_bucket"):
        return value.unknown or (value.text or "").endswith("/")
    text = value.text or ""
    if text.startswith("arn:") and text.count(":") < 5:
        return True
    name = bucket.at("bucket")
    if name.unknown:
        raise Undecided(name)
    return text.endswith(":::") or any(text in (f"{name}/", f"arn:aws:s3:::{name}/") for name in graph.names(bucket))


def _by_fields(selector: Node, bucket: Resource, graph: Graph, access: Access) -> bool:
    fields = {field.at("field").text: field for field in selector.each("field_selector")}
    if "resources.type" not in fields or not _is(fields["resources.type"], "AWS::S3::Object"):
        return False
    if "readOnly" in fields and not _is(fields["readOnly"], "true" if access == "ReadOnly" else "false"):
        return False
    wanted = fields.get("resources.ARN")
    if wanted is None:
        return True
    return any(_names(value, bucket, graph) for path in ("equals", "starts_with") for value in wanted.each(path))


def _is(field: Node, text: str) -> bool:
    return any(value.text == text for value in field.each("equals"))
