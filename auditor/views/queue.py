"""SQS queues with what is said of them elsewhere: where messages go that nobody could process."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.decide import given

_REDRIVING = ("aws_sqs_queue", "aws_sqs_queue_redrive_policy", "aws_sns_topic_subscription")
_FAILURE_PATHS = (
    ("dead_letter_config.target_arn", "aws_lambda_function"),
    ("destination_config.on_failure.destination", "aws_lambda_function_event_invoke_config"),
    ("destination_config.on_failure.destination_arn", "aws_lambda_event_source_mapping"),
    ("dead_letter_config.arn", "aws_cloudwatch_event_target"),
    ("target.dead_letter_config.arn", "aws_scheduler_schedule"),
)

RETENTION = 345_600
"""Seconds that a queue keeps a message when nothing is said: four days."""

VISIBILITY = 30
"""Seconds that a received message stays hidden when nothing is said."""


@dataclass(frozen=True, slots=True)
class Queue:
    """A queue and the graph that it stands in. Reading what is unknown raises `Undecided`."""

    resource: Resource
    graph: Graph

    @property
    def redrive(self) -> Node:
        """The redrive policy as a table, from the queue itself or from its own resource; missing when there is none."""
        own = self.resource.at("redrive_policy")
        if given(own):
            return own.json()
        found = self.graph.attached(self.resource, "queue_url", "aws_sqs_queue_redrive_policy")
        return found[0].at("redrive_policy").json() if found else own.json()

    @property
    def redrive_allow_place(self) -> Node:
        """Where it is written which queues may send their dead letters here; missing when that is nowhere."""
        own = self.resource.at("redrive_allow_policy")
        if given(own):
            return own
        found = self.graph.attached(self.resource, "queue_url", "aws_sqs_queue_redrive_allow_policy")
        return found[0].at("redrive_allow_policy") if found else own

    @property
    def redrive_allow(self) -> Node:
        """The same as a table with `redrivePermission` and `sourceQueueArns`."""
        return self.redrive_allow_place.json()

    def allows(self, source: Resource) -> bool:
        """Whether the list of queues that may send their dead letters here holds a queue. Raises `Undecided`."""
        doubt: Node | None = None
        for arn in self.redrive_allow.each("sourceQueueArns"):
            if source in self.graph.targets(arn) or (isinstance(arn.data, str) and self._names(source, arn.data)):
                return True
            doubt = doubt or (arn if arn.unknown and not arn.refs else None)
        if doubt is not None:
            raise Undecided(doubt)
        return False

    def _names(self, source: Resource, arn: str) -> bool:
        names = self.graph.names(source)
        return arn in names or arn.rpartition(":")[2] in names

    @property
    def dead_letter_queue(self) -> Resource | None:
        """The queue for messages that were received too often, where it is in the graph. Raises `Undecided`.

        Of a policy that is all unknown, as in a plan, only the references are told: it may be null for this very queue.
        """
        redrive = self.redrive
        if redrive.unknown:
            raise Undecided(redrive)
        target = redrive.at("deadLetterTargetArn")
        found = self.graph.targets(target, "aws_sqs_queue")
        if found:
            return found[0]
        name = target.data.rsplit(":", 1)[-1] if isinstance(target.data, str) else ""
        return next(iter(self.graph.called(name, "aws_sqs_queue")), None)

    @property
    def takes_dead_letters(self) -> bool:
        """Whether something sends messages here that could not be processed."""
        if given(self.resource.at("redrive_allow_policy")):
            return True
        if self.sources:
            return True
        return any(self.graph.attached(self.resource, path, kind) for path, kind in _FAILURE_PATHS)

    @property
    def sources(self) -> tuple[Resource, ...]:
        """The queues and subscriptions that send their dead letters here. Raises `Undecided` when none is known to, but one may."""
        found = _by_dead_letter_queue(self.graph).get(self.resource, ())
        if not found:
            self.graph.attached(self.resource, "redrive_policy", *_REDRIVING)
        return tuple(found)

    @property
    def fifo(self) -> bool:
        """Whether messages keep their order."""
        return self.resource.at("fifo_queue").flag is True

    def seconds(self, name: str, default: int) -> float:
        """A number of seconds of the queue."""
        node = self.resource.at(name)
        return default if node.missing else node.number or 0


@per_graph
def _by_dead_letter_queue(graph: Graph) -> dict[Resource, list[Resource]]:
    """The queues and subscriptions by the queue that their redrive policy names, as far as that is known."""
    found: dict[Resource, list[Resource]] = {}
    for source in graph.of(*_REDRIVING):
        policy = source.at("redrive_policy")
        target = policy if policy.unknown and policy.data.tree is None else policy.json().at("deadLetterTargetArn")
        for queue in graph.targets(target, "aws_sqs_queue") or _at_end(target, graph):
            found.setdefault(queue, []).append(source)
    return found


def _at_end(arn: Node, graph: Graph) -> tuple[Resource, ...]:
    """The queues whose name an ARN ends with."""
    name = arn.data.rpartition(":")[2] if isinstance(arn.data, str) else ""
    return graph.called(name, "aws_sqs_queue") if name else ()
