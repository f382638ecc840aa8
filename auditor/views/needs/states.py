"""What state machines need: the calls that the tasks of their definitions make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import given
from auditor.views.needs.events import run_task_needs
from auditor.views.needs.need import Need, is_of

MACHINE: Final = "aws_sfn_state_machine"
_FUNCTION = "aws_lambda_function"
_DEPTH = 12
_INTEGRATION = re.compile(r"arn:aws:states:::([\w-]+):([\w:.-]+?)(?:\.(?:sync(?::2)?|waitForTaskToken))?$")
_CALLS: Final[Mapping[str, tuple[str, str, str]]] = {
    "lambda:invoke": ("lambda:InvokeFunction", "FunctionName", _FUNCTION),
    "sqs:sendMessage": ("sqs:SendMessage", "QueueUrl", "aws_sqs_queue"),
    "sns:publish": ("sns:Publish", "TopicArn", "aws_sns_topic"),
    "dynamodb:getItem": ("dynamodb:GetItem", "TableName", "aws_dynamodb_table"),
    "dynamodb:putItem": ("dynamodb:PutItem", "TableName", "aws_dynamodb_table"),
    "dynamodb:updateItem": ("dynamodb:UpdateItem", "TableName", "aws_dynamodb_table"),
    "dynamodb:deleteItem": ("dynamodb:DeleteItem", "TableName", "aws_dynamodb_table"),
    "states:startExecution": ("states:StartExecution", "StateMachineArn", MACHINE),
    "glue:startJobRun": ("glue:StartJobRun", "", ""),
    "batch:submitJob": ("batch:SubmitJob", "", ""),
    "events:putEvents": ("events:PutEvents", "", ""),
    "codebuild:startBuild": ("codebuild:StartBuild", "ProjectName", "aws_codebuild_project"),
    "athena:startQueryExecution": ("athena:StartQueryExecution", "", ""),
    "elasticmapreduce:addStep": ("elasticmapreduce:AddJobFlowSteps", "", ""),
}
"""Integration -> the action, the parameter that names its target, and the kind of that."""
_PREFIXES: Final[Mapping[str, str]] = {
    "sfn": "states",
    "eventbridge": "events",
    "cloudwatchlogs": "logs",
    "elasticloadbalancingv2": "elasticloadbalancing",
}
"""Name of a service in an SDK integration -> the prefix of its actions, where they differ."""


def machine_needs(resource: Resource, graph: Graph) -> Iterator[Need]:
    """What the tasks of a state machine, its logs and its traces need of its role."""
    role = resource.at("role_arn")
    definition = resource.at("definition").json()
    if definition.unknown or not definition.missing:
        for task in _tasks(definition, 0):
            yield from _of_task(task, role, graph)
    logs = resource.at("logging_configuration")
    level = logs.at("level")
    if given(level) and level.text != "OFF":
        yield Need(role, ("logs:CreateLogDelivery", "logs:PutResourcePolicy"), None, level, "deliver the execution log")


def _tasks(machine: Node, depth: int) -> Iterator[Node]:
    """The Task states, also of branches and iterations; a part that is not known hides its own tasks only."""
    states = machine.at("States")
    for _, state in [] if states.unknown or depth > _DEPTH else states.entries():
        if state.unknown:
            continue
        if not state.at("Type").unknown and state.at("Type").text == "Task":
            yield state
        for path in ("Branches", "Iterator", "ItemProcessor"):
            for inner in state.each(path):
                if not inner.unknown:
                    yield from _tasks(inner, depth + 1)


def _of_task(task: Node, role: Node, graph: Graph) -> Iterator[Need]:
    resource = task.at("Resource")
    if is_of(resource, graph, (_FUNCTION,)):
        yield Need(role, ("lambda:InvokeFunction",), resource, resource, "run its task", (_FUNCTION,))
        return
    found = _INTEGRATION.fullmatch(resource.data) if isinstance(resource.data, str) else None
    if found is None or given(task.at("Credentials")):
        return
    service, call = found[1], found[2]
    arguments = task.at("Parameters") if task.at("Parameters").unknown or task.at("Parameters").present else task.at("Arguments")
    if service == "aws-sdk":
        name, _, operation = call.partition(":")
        action = f"{_PREFIXES.get(name, name)}:{operation[:1].upper()}{operation[1:]}"
        yield Need(role, (action,), None, resource, "run its task")
    elif f"{service}:{call}" == "ecs:runTask":
        yield from run_task_needs(role, arguments.at("TaskDefinition"), graph)
    elif f"{service}:{call}" in _CALLS:
        action, parameter, kind = _CALLS[f"{service}:{call}"]
        named_by = arguments.at(parameter) if parameter else None
        if named_by is None or not given(named_by) or (isinstance(named_by.data, str) and not _names(named_by, graph, kind)):
            yield Need(role, (action,), None, resource, "run its task")
        else:
            yield Need(role, (action,), named_by, resource, "run its task", (kind,))


def _names(node: Node, graph: Graph, kind: str) -> bool:
    return bool(graph.targets(node, kind)) or node.data.startswith("arn:")
