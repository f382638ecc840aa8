"""What a configuration says of itself that does not hold: `validation` blocks of variables, `assert` blocks of checks."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.loaders.terraform.evaluate import evaluate
from auditor.loaders.terraform.instance import Instance
from auditor.loaders.terraform.language.tree import Block, Expression
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.types import BOOL, EvaluationError
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.span import Span


def validate(root: Instance) -> Iterator[Diagnostic]:
    """A diagnostic for every condition below a root module that is known to be false."""
    for instance in root.walk():
        for name, block in instance.module.variables.items():
            for rule in block.body.of("validation"):
                if _fails(rule, instance):
                    message = f"var.{name} is not valid: {_message(rule, instance)}"
                    yield Diagnostic(_where(instance, name, block), "terraform-validation", message)
        for block in instance.module.others:
            for rule in block.body.of("assert") if block.type == "check" else ():
                if _fails(rule, instance):
                    label = block.labels[0] if block.labels else ""
                    message = f"the check {label!r} does not hold: {_message(rule, instance)}"
                    yield Diagnostic(rule.span(), "terraform-check", message, Level.WARNING)


def _where(instance: Instance, name: str, block: Block) -> Span:
    given = instance.inputs.get(name)
    place: Expression | None = given.expression if given is not None else block.body.expression("default")
    return place.span() if place is not None else block.span()


def _fails(rule: Block, instance: Instance) -> bool:
    condition = rule.body.expression("condition")
    if condition is None:
        return False
    try:
        return convert(evaluate(condition, instance.scope), BOOL).data is False
    except EvaluationError as error:
        instance.tree.report(error.place or condition, error.message)
        return False


def _message(rule: Block, instance: Instance) -> str:
    expression = rule.body.expression("error_message")
    if expression is None:
        return "a condition is false"
    try:
        value = evaluate(expression, instance.scope)
    except EvaluationError:
        return expression.text
    return "a condition is false (its message is sensitive)" if value.marks.sensitive else str(value.data).strip()
