"""AWS Backup: which resources a plan's selections take in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.decide import every, some
from auditor.views.statement import glob

SELECTION = "aws_backup_selection"


def backed_up(resource: Resource, graph: Graph) -> bool:
    """Whether a selection takes the resource, by its ARN or by its tags. Raises `Undecided` where that cannot be known."""
    candidates = dict.fromkeys((*graph.naming(resource, "resources", SELECTION), *_by_pattern(graph)))
    return some(*(lambda s=selection: takes(s, resource, graph) for selection in candidates))


@per_graph
def _by_pattern(graph: Graph) -> tuple[Resource, ...]:
    """The selections that may take what they do not refer to."""
    return tuple(selection for selection in graph.of(SELECTION) if not _only_refers(selection.body))


def _only_refers(selection: Node) -> bool:
    resources = selection.at("resources")
    if resources.unknown or any(not node.refs for node in selection.each("resources")):
        return False
    return not list(selection.each("selection_tag"))


def takes(selection: Resource, resource: Resource, graph: Graph) -> bool:
    """Whether one selection takes the resource: any of its ARNs or tags, all of its conditions, and no exception."""
    if _named_by(selection, "not_resources", resource, graph):
        return False
    return some(lambda: _by_arn(selection, resource, graph), lambda: _by_tag(selection, resource))


def _by_arn(selection: Resource, resource: Resource, graph: Graph) -> bool:
    return _named_by(selection, "resources", resource, graph) and _meets_conditions(selection, resource)


def _named_by(selection: Resource, path: str, resource: Resource, graph: Graph) -> bool:
    """Whether one of the ARNs or patterns at a path means the resource."""
    nodes = list(selection.body.each(path))
    if any(resource in graph.targets(node) for node in nodes):
        return True
    names = [name for name in graph.names(resource) if not name.startswith("arn:")]
    return some(*(lambda n=node: _covers(n, resource, names) for node in nodes))


def _covers(node: Node, resource: Resource, names: list[str]) -> bool:
    """Whether a pattern of ARNs covers the resource, whose own ARN is mostly not known before it exists."""
    if node.unknown and node.refs:
        return False
    text = node.text or ""
    arn = resource.at("arn")
    if not arn.unknown and arn.present:
        return glob(text).fullmatch(arn.text or "") is not None
    stem = _STEMS.get(resource.kind, "?")
    return any(glob(text).fullmatch(f"{stem}{name}") or _written_out(text, stem, name) for name in names or ["\x00"])


def _written_out(text: str, stem: str, name: str) -> bool:
    """Whether a full ARN of that service ends with the resource's name."""
    return text.startswith("arn:") and text.split(":")[2:3] == stem.split(":")[2:3] and re.split("[:/]", text)[-1] == name


_STEMS: Mapping[str, str] = {
    "aws_db_instance": "arn:aws:rds:region:account:db:",
    "aws_rds_cluster": "arn:aws:rds:region:account:cluster:",
    "aws_docdb_cluster": "arn:aws:rds:region:account:cluster:",
    "aws_neptune_cluster": "arn:aws:rds:region:account:cluster:",
    "aws_dynamodb_table": "arn:aws:dynamodb:region:account:table/",
    "aws_efs_file_system": "arn:aws:elasticfilesystem:region:account:file-system/",
    "aws_ebs_volume": "arn:aws:ec2:region:account:volume/",
    "aws_instance": "arn:aws:ec2:region:account:instance/",
    "aws_s3_bucket": "arn:aws:s3:::",
    "aws_redshift_cluster": "arn:aws:redshift:region:account:cluster:",
}
KINDS = tuple(_STEMS)
"""What AWS Backup takes."""


def _by_tag(selection: Resource, resource: Resource) -> bool:
    return some(
        *(lambda t=tag: _tag(resource, t.at("key").text or "") == t.at("value").text for tag in selection.body.each("selection_tag"))
    )


def _meets_conditions(selection: Resource, resource: Resource) -> bool:
    """Whether all conditions hold; a tag that is not there is unlike every value."""
    pairs = [(pair, test) for name, test in _TESTS.items() for pair in selection.body.each(f"condition.{name}")]
    return every(*(lambda p=pair, t=test: _condition(resource, p, t) for pair, test in pairs))


def _condition(resource: Resource, pair: Node, test: Callable[[str | None, str], bool]) -> bool:
    key = (pair.at("key").text or "").removeprefix("aws:ResourceTag/")
    return test(_tag(resource, key), pair.at("value").text or "")


def _like(tag: str | None, pattern: str) -> bool:
    return tag is not None and glob(pattern).fullmatch(tag) is not None


_TESTS: Mapping[str, Callable[[str | None, str], bool]] = {
    "string_equals": lambda tag, value: tag == value,
    "string_not_equals": lambda tag, value: tag != value,
    "string_like": _like,
    "string_not_like": lambda tag, value: not _like(tag, value),
}


def _tag(resource: Resource, key: str) -> str | None:
    """The value of a tag; None when the resource does not have it."""
    doubt: Node | None = None
    for path in ("tags", "tags_all"):
        table = resource.at(path)
        if table.unknown:
            doubt = doubt or table
        elif isinstance(table.data, dict) and key in table.data:
            return table.at(f'["{key}"]').text
    if doubt is not None:
        raise Undecided(doubt)
    return None
