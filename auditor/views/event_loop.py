"""Functions that set themselves off: what they write comes back to them as an event, directly or through queues, topics and each other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.bucket import named_bucket
from auditor.views.cache import of_graph
from auditor.views.iam.access import may, principal_at
from auditor.views.lambda_function import functions
from auditor.views.started import started_by

FUNCTION: Final = "aws_lambda_function"
_WRITES: Final = {
    "aws_s3_bucket": ("s3:PutObject",),
    "aws_sqs_queue": ("sqs:SendMessage",),
    "aws_sns_topic": ("sns:Publish",),
    "aws_dynamodb_table": ("dynamodb:PutItem", "dynamodb:UpdateItem"),
}
_FAR: Final = "/an-object-that-no-filter-means"
_LONGEST: Final = 6


@dataclass(frozen=True, slots=True)
class Feed:
    """What happens in `source` becomes an event of `target`. `part`: an object whose creation does; `filtered`: others may not."""

    source: Resource
    target: Resource
    because: Node
    part: str = ""
    filtered: bool = False


@dataclass(frozen=True, slots=True)
class Loop:
    """The feeds from a function back to itself, and the statement or variable that lets it write into the first of their sources."""

    feeds: tuple[Feed, ...]

    def said(self) -> str:
        """The way in words: `aws_s3_bucket.in -> aws_lambda_function.resize`."""
        return " -> ".join([self.feeds[0].source.address.text, *(feed.target.address.text for feed in self.feeds)])


def loop_of(function: Resource, graph: Graph) -> Loop | None:
    """The shortest way on which a function sets itself off; None when none is known."""
    feeds: dict[Resource, list[Feed]] = of_graph(graph, "event-feeds", lambda: _feeds(graph))
    pending: deque[tuple[Resource, tuple[Feed, ...]]] = deque([(function, ())])
    seen: set[Resource] = set()
    while pending:
        here, way = pending.popleft()
        for feed in _next(here, feeds, graph):
            if feed.target is function:
                return Loop((*way, feed))
            if feed.target not in seen and len(way) < _LONGEST:
                seen.add(feed.target)
                pending.append((feed.target, (*way, feed)))
    return None


def _next(here: Resource, feeds: dict[Resource, list[Feed]], graph: Graph) -> Iterator[Feed]:
    if here.kind != FUNCTION:
        yield from feeds.get(here, ())
        return
    for source in _written(here, feeds, graph):
        for feed in feeds.get(source, ()):
            if _may_write(here, feed, graph):
                yield feed


def _written(function: Resource, feeds: dict[Resource, list[Feed]], graph: Graph) -> tuple[Resource, ...]:
    """What a function may write to: what its environment names, and the bucket that feeds it, whose name it gets with the event."""
    found: dict[Resource, None] = {}
    for it in started_by(function, graph):
        for _, node in it.settings.variables:
            found.update(dict.fromkeys(graph.targets(node, *_WRITES)))
            found.update(dict.fromkeys(_by_url(node, graph)))
    buckets: dict[Resource, list[Resource]] = of_graph(graph, "feeding-buckets", lambda: _buckets(feeds))
    found.update(dict.fromkeys(buckets.get(function, ())))
    return tuple(found)


def _buckets(feeds: dict[Resource, list[Feed]]) -> dict[Resource, list[Resource]]:
    found: dict[Resource, list[Resource]] = {}
    for source, theirs in feeds.items():
        for feed in theirs if source.kind == "aws_s3_bucket" else ():
            found.setdefault(feed.target, []).append(source)
    return found


def _by_url(node: Node, graph: Graph) -> Iterator[Resource]:
    """The queue of a URL as plans and states hold it."""
    if isinstance(node.data, str) and node.data.startswith("https://sqs."):
        yield from graph.called(node.data.rpartition("/")[2], "aws_sqs_queue")


def _may_write(function: Resource, feed: Feed, graph: Graph) -> bool:
    """Whether its role certainly may write what the feed hands on, and was not only allowed to write anywhere."""
    try:
        role = principal_at(graph, function.at("role"))
    except Undecided:
        return False
    if role is None:
        return False
    for action in _WRITES[feed.source.kind]:
        answer = may(graph, role, action, feed.source, part=feed.part)
        if answer.allowed is True and not any(_sweeping(it.statement.resources) for it in answer.deciding):
            return not (feed.filtered and may(graph, role, action, feed.source, part=_FAR).allowed is not False)
    return False


def _sweeping(resources: tuple[Node, ...]) -> bool:
    return any(node.data in ("*", "arn:aws:s3:::*") for node in resources)


def _feeds(graph: Graph) -> dict[Resource, list[Feed]]:
    found: dict[Resource, list[Feed]] = {}
    for feed in (*_of_buckets(graph), *_of_mappings(graph), *_of_subscriptions(graph)):
        found.setdefault(feed.source, []).append(feed)
    return found


def _of_buckets(graph: Graph) -> Iterator[Feed]:
    for notification in graph.of("aws_s3_bucket_notification"):
        try:
            bucket = named_bucket(notification, graph)
        except Undecided:
            continue
        if bucket is not None:
            yield from _of_bucket(bucket.resource, notification, graph)


def _of_bucket(bucket: Resource, notification: Resource, graph: Graph) -> Iterator[Feed]:
    for block, path, kind in _NOTIFIED:
        for item in notification.body.each(block):
            part, arn = _object(item), item.at(path)
            if part is None or not any("ObjectCreated" in str(event.data) for event in item.each("events")):
                continue
            for target in functions(arn, graph) if kind == FUNCTION else graph.targets(arn, kind):
                yield Feed(bucket, target, arn, part, filtered=part != "/x")


_NOTIFIED: Final = (
    ("lambda_function", "lambda_function_arn", FUNCTION),
    ("queue", "queue_arn", "aws_sqs_queue"),
    ("topic", "topic_arn", "aws_sns_topic"),
)


def _object(item: Node) -> str | None:
    """An object that the filter takes; None when the filter is not known."""
    texts = []
    for name in ("filter_prefix", "filter_suffix"):
        node = item.at(name)
        if node.unknown:
            return None
        texts.append(node.data if isinstance(node.data, str) else "")
    return f"/{texts[0]}x{texts[1]}"


def _of_mappings(graph: Graph) -> Iterator[Feed]:
    for mapping in graph.of("aws_lambda_event_source_mapping"):
        enabled = mapping.at("enabled")
        if any(True for _ in mapping.body.each("filter_criteria")) or enabled.unknown or enabled.data is False:
            continue
        arn = mapping.at("event_source_arn")
        for source in graph.targets(arn, "aws_sqs_queue", "aws_dynamodb_table"):
            for function in functions(mapping.at("function_name"), graph):
                yield Feed(source, function, arn)


def _of_subscriptions(graph: Graph) -> Iterator[Feed]:
    for subscription in graph.of("aws_sns_topic_subscription"):
        policy = subscription.at("filter_policy")
        if policy.unknown or (isinstance(policy.data, str) and policy.data):
            continue
        endpoint = subscription.at("endpoint")
        for topic in graph.targets(subscription.at("topic_arn"), "aws_sns_topic"):
            for target in (*functions(endpoint, graph), *graph.targets(endpoint, "aws_sqs_queue")):
                yield Feed(topic, target, endpoint)
