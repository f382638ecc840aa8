"""What invokes a Lambda function, and which function an event source feeds."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from auditor.model.graph import Graph
from auditor.model.node import Node, Undecided
from auditor.model.resource import Resource
from auditor.views.cache import per_graph
from auditor.views.decide import undecided

_Table: TypeAlias = tuple[tuple[str, str], ...]

_ASYNCHRONOUS: Final[_Table] = (
    ("aws_s3_bucket_notification", "lambda_function.lambda_function_arn"),
    ("aws_sns_topic_subscription", "endpoint"),
    ("aws_cloudwatch_event_target", "arn"),
    ("aws_scheduler_schedule", "target.arn"),
    ("aws_iot_topic_rule", "lambda.function_arn"),
    ("aws_ses_receipt_rule", "lambda_action.function_arn"),
)
_SYNCHRONOUS: Final[_Table] = (
    ("aws_lambda_event_source_mapping", "function_name"),
    ("aws_lambda_function_url", "function_name"),
    ("aws_api_gateway_integration", "uri"),
    ("aws_apigatewayv2_integration", "integration_uri"),
    ("aws_api_gateway_authorizer", "authorizer_uri"),
    ("aws_apigatewayv2_authorizer", "authorizer_uri"),
    ("aws_lb_target_group_attachment", "target_id"),
    ("aws_alb_target_group_attachment", "target_id"),
    ("aws_appsync_datasource", "lambda_config.function_arn"),
    ("aws_sfn_state_machine", "definition"),
    ("aws_kinesis_firehose_delivery_stream", "extended_s3_configuration.processing_configuration.processors.parameters.parameter_value"),
    ("aws_cognito_user_pool", "lambda_config.post_confirmation"),
    ("aws_cloudfront_distribution", "default_cache_behavior.lambda_function_association.lambda_arn"),
    ("aws_secretsmanager_secret_rotation", "rotation_lambda_arn"),
)
_ASYNCHRONOUS_SERVICES = frozenset(
    f"{name}.amazonaws.com"
    for name in ("s3", "sns", "events", "ses", "iot", "config", "logs", "codecommit", "cloudformation", "codepipeline", "scheduler")
)
_SYNCHRONOUS_SERVICES = frozenset(
    f"{name}.amazonaws.com"
    for name in ("apigateway", "elasticloadbalancing", "cognito-idp", "lex", "lexv2", "alexa-appkit", "secretsmanager", "appsync")
)


def asynchronous_trigger(function: Resource, graph: Graph) -> Resource | None:
    """The first resource that hands events to a function and does not wait for the answer; None when no resource does."""
    return _trigger(function, graph, _ASYNCHRONOUS, _ASYNCHRONOUS_SERVICES)


def synchronous_trigger(function: Resource, graph: Graph) -> Resource | None:
    """The first resource that calls a function and waits for its answer (an event source mapping included); None when no resource does."""
    return _trigger(function, graph, _SYNCHRONOUS, _SYNCHRONOUS_SERVICES)


_DOORS: Final[_Table] = (
    ("aws_lambda_function_url", "function_name"),
    ("aws_api_gateway_integration", "uri"),
    ("aws_apigatewayv2_integration", "integration_uri"),
    ("aws_lb_target_group_attachment", "target_id"),
)


def front_door(function: Resource, graph: Graph) -> Resource | None:
    """The URL, API or load balancer through which people call a function; None when there is none."""
    return _trigger(function, graph, _DOORS, frozenset({"apigateway.amazonaws.com", "elasticloadbalancing.amazonaws.com"}))


def _trigger(function: Resource, graph: Graph, table: _Table, services: frozenset[str]) -> Resource | None:
    index = _index(graph)
    doubt: Undecided | None = None
    for it in (function, *index.aliases.get(function, ())):
        for kind, path in table:
            try:
                if found := graph.attached(it, path, kind):
                    return found[0]
            except Undecided as reason:
                doubt = doubt or reason
    for permission in index.permissions.get(function, ()):
        principal = permission.at("principal")
        if principal.unknown:
            doubt = doubt or Undecided(principal)
        elif principal.text in services:
            return permission
    if index.unnamed is not None:
        doubt = doubt or Undecided(index.unnamed)
    if doubt is not None:
        raise doubt
    return None


@dataclass(frozen=True, slots=True)
class _Index:
    """What names functions, by function. `unnamed`: a permission may be for any of them."""

    aliases: dict[Resource, list[Resource]]
    permissions: dict[Resource, list[Resource]]
    unnamed: Node | None


@per_graph
def _index(graph: Graph) -> _Index:
    aliases: dict[Resource, list[Resource]] = defaultdict(list)
    permissions: dict[Resource, list[Resource]] = defaultdict(list)
    unnamed: Node | None = None
    for alias in graph.of("aws_lambda_alias"):
        for function in graph.targets(alias.at("function_name"), "aws_lambda_function"):
            aliases[function].append(alias)
    for permission in graph.of("aws_lambda_permission"):
        name = permission.at("function_name")
        for function in functions(name, graph):
            permissions[function].append(permission)
        if name.unknown and not name.refs:
            unnamed = unnamed or name
    return _Index(aliases, permissions, unnamed)


def functions(name: Node, graph: Graph) -> tuple[Resource, ...]:
    """The functions that a value names: by reference, through an alias, by name or by ARN."""
    found = dict.fromkeys(graph.targets(name, "aws_lambda_function"))
    for alias in graph.targets(name, "aws_lambda_alias"):
        found.update(dict.fromkeys(graph.targets(alias.at("function_name"), "aws_lambda_function")))
    if not found and isinstance(name.data, str):
        wanted = re.split("[:/]", name.data.split(":function:")[-1])[0]
        found.update(dict.fromkeys(_by_name(graph).get(wanted, ())))
    return tuple(found)


@per_graph
def _by_name(graph: Graph) -> dict[str, list[Resource]]:
    found: dict[str, list[Resource]] = defaultdict(list)
    for function in graph.of("aws_lambda_function"):
        name = function.at("function_name").data
        if isinstance(name, str):
            found[name].append(function)
    return found


def mappings(source: Resource, graph: Graph) -> Iterator[Resource]:
    """The event source mappings that read from a queue or stream; those with an unknown source are left out."""
    found = dict.fromkeys(graph.naming(source, "event_source_arn", "aws_lambda_event_source_mapping"))
    for name in graph.names(source):
        found.update(dict.fromkeys(_mappings_by_tail(graph).get(name, ())))
    return iter(found)


@per_graph
def _mappings_by_tail(graph: Graph) -> dict[str, list[Resource]]:
    """By what an ARN ends with, after each colon and slash: the name of a queue or table, the path of a stream."""
    found: dict[str, list[Resource]] = defaultdict(list)
    for mapping in graph.of("aws_lambda_event_source_mapping"):
        arn = mapping.at("event_source_arn").data
        if isinstance(arn, str):
            for place, sign in enumerate(arn):
                if sign in ":/":
                    found[arn[place + 1 :]].append(mapping)
    return found


def event_sources(function: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The event source mappings that are known to invoke a function."""
    return _by_function(graph).get(function, ())


@per_graph
def _by_function(graph: Graph) -> dict[Resource, tuple[Resource, ...]]:
    found: dict[Resource, list[Resource]] = defaultdict(list)
    for mapping in graph.of("aws_lambda_event_source_mapping"):
        for function in functions(mapping.at("function_name"), graph):
            found[function].append(mapping)
    return {function: tuple(theirs) for function, theirs in found.items()}


@dataclass(frozen=True, slots=True)
class Reservation:
    """Concurrent executions that a function takes from the account: reserved, or provisioned for an alias of one that reserves none."""

    resource: Resource
    number: int
    where: Node


@dataclass(frozen=True, slots=True)
class ConcurrencyTaken:
    """All reservations of a graph, the largest first. `doubt`: one that is not known; `elsewhere`: a provider of another region."""

    largest: tuple[Reservation, ...]
    doubt: Node | None
    elsewhere: Node | None = None

    @property
    def total(self) -> int:
        """How many executions are taken."""
        return sum(it.number for it in self.largest)

    def decided(self) -> None:
        """Raises `Undecided` when a reservation is not known."""
        if self.doubt is not None:
            raise Undecided(self.doubt)

    def in_one_region(self) -> None:
        """Raises `Undecided` where each of several regions may have a part of the whole."""
        if self.elsewhere is not None:
            raise Undecided(self.elsewhere)


@per_graph
def concurrency_taken(graph: Graph) -> ConcurrencyTaken:
    """What functions take from the concurrency of their account, in all regions of its providers together."""
    found: list[Reservation] = []
    doubt: Node | None = None
    provisioned: dict[Resource, list[Node]] = defaultdict(list)
    for config in graph.of("aws_lambda_provisioned_concurrency_config"):
        for function in functions(config.at("function_name"), graph):
            provisioned[function].append(config.at("provisioned_concurrent_executions"))
    for function in graph.of("aws_lambda_function"):
        own = function.at("reserved_concurrent_executions")
        nodes = [own] if own.unknown or (own.data is not None and isinstance(own.data, int) and own.data >= 0) else provisioned[function]
        for node in nodes:
            if node.unknown:
                doubt = doubt or node
            elif node.present and node.number:
                found.append(Reservation(function, int(node.number), node))
    return ConcurrencyTaken(tuple(sorted(found, key=lambda it: (-it.number, it.resource.address))), doubt, _several_regions(graph))


def _several_regions(graph: Graph) -> Node | None:
    """A provider of another region than the first, or of one that is not known while there are several."""
    regions = [provider.at("region") for provider in graph.of("provider.aws")]
    texts = {str(region.data) for region in regions}
    return undecided(regions[-1], "the functions are of several regions, each with a limit of its own").node if len(texts) > 1 else None
