"""Templates that are not written in place: `templatefile` and `templatestring`."""

from __future__ import annotations

from typing import Any

from auditor.loaders.terraform.evaluate import Scope, evaluate, marked
from auditor.loaders.terraform.language.parse import parse_template
from auditor.loaders.terraform.language.tree import Call, Reference, Source
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.types import STRING, EvaluationError, Typed
from auditor.model.value import Unknown

_INSIDE = "(template)"  # no name that a template could use


def render_file(path: Typed, variables: Typed, scope: Scope, it: Call) -> Typed:
    """The text that the template of a file makes of the variables."""
    if isinstance(path.data, Unknown):
        return Typed(Unknown(path.data.reason, False), STRING, it, path.marks)
    if _INSIDE in scope.names and scope.names[_INSIDE].data == "file":
        raise EvaluationError("a template cannot render other templates")
    name = str(convert(path, STRING).data)
    text = scope.context.read_text(name)
    if isinstance(text, Unknown):
        return Typed(text, STRING, it, path.marks)
    return _render(Source(name, text), variables, scope, it)


def render_string(template: Typed, variables: Typed, scope: Scope, it: Call) -> Typed:
    """The text that a template in a value makes of the variables."""
    if not isinstance(it.arguments[0], Reference):
        raise EvaluationError("the template must be a direct reference to a single string from elsewhere")
    if isinstance(template.data, Unknown):
        return Typed(Unknown(template.data.reason, False), STRING, it, template.marks)
    return _render(Source(template.place.span().file, str(convert(template, STRING).data)), variables, scope, it)


def _render(source: Source, variables: Typed, scope: Scope, it: Call) -> Typed:
    if isinstance(variables.data, Unknown):
        return Typed(Unknown(variables.data.reason, False), STRING, it, variables.marks)
    if not isinstance(variables.data, dict):
        raise EvaluationError("the variables must be given as a map")
    for name in variables.data:
        if name.startswith("-") or not name.replace("-", "_").isidentifier():
            raise EvaluationError(f"{name!r} is not a valid name of a template variable")
    expression, diagnostics = parse_template(source)
    if diagnostics:
        raise EvaluationError(f"{source.path}:{diagnostics[0].span.line}: {diagnostics[0].message}")
    names: Any = dict(variables.data.items())

    def refuse(reference: Reference, _: Scope) -> Typed:
        raise EvaluationError(f"the template refers to {reference.name!r}, which it was not given")

    value = evaluate(expression, Scope(refuse, scope.context, {**names, _INSIDE: Typed("file")}))
    if value.data is None or isinstance(value.data, (list, dict)):
        return marked(value, variables.marks)
    rendered = value if isinstance(value.data, Unknown) else convert(value, STRING)
    return Typed(rendered.data, rendered.type, it, value.marks | variables.marks)
