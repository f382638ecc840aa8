"""The values of a root module's variables, in Terraform's order of precedence."""

from __future__ import annotations

from dataclasses import dataclass

from auditor.loaders import Settings
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform.config import path_in
from auditor.loaders.terraform.language.json_syntax import parse_json_values
from auditor.loaders.terraform.language.parse import parse_body, parse_expression
from auditor.loaders.terraform.language.tree import Block, Expression, Literal, Reference, Source
from auditor.loaders.terraform.values.types import Typed
from auditor.model.diagnostic import Diagnostic, Level


@dataclass(frozen=True, slots=True)
class Input:
    """A value given to a variable. `kind`: tfvars, environment, command-line, argument."""

    kind: str
    expression: Expression


def read_inputs(
    files: Files, folder: str, settings: Settings, declared: dict[str, Block]
) -> tuple[dict[str, Input], list[Diagnostic], list[str]]:
    """(inputs by name, problems, files that were read): environment < tfvars files by name < the command line."""
    found: dict[str, Input] = {}
    problems: list[Diagnostic] = []
    read: list[str] = []
    for name, text in sorted(settings.environment.items()):
        if name.startswith("TF_VAR_") and name[7:] in declared:
            found[name[7:]] = Input("environment", _given(name, text, declared[name[7:]]))
    for path in _files(files, folder):
        values, diagnostics = read_values(files, path)
        found.update(values)
        problems += diagnostics
        read.append(path)
    for path in settings.var_files:
        values, diagnostics = read_values(files, path)
        found.update({name: value for name, value in values.items() if name in declared})
        problems += diagnostics
        read.append(path)
    for name, text in settings.variables.items():
        if name in declared:
            found[name] = Input("command-line", _given(f"-var {name}", text, declared[name]))
    for name, given in found.items():
        if name not in declared and given.kind == "tfvars":
            message = f"a value is given for the variable {name!r}, which the root module does not declare"
            problems.append(Diagnostic(given.expression.span(), "terraform-undeclared-variable", message, Level.INFO))
    return found, problems, read


def _files(files: Files, folder: str) -> list[str]:
    names = files.folder(folder)
    standard = [name for name in ("terraform.tfvars", "terraform.tfvars.json") if name in names]
    automatic = sorted(name for name in names if name.endswith((".auto.tfvars", ".auto.tfvars.json")))
    return [path_in(folder, name) for name in (*standard, *automatic)]


def read_values(files: Files, path: str) -> tuple[dict[str, Input], list[Diagnostic]]:
    """The values of a tfvars file."""
    try:
        source = Source(path, files.read(path))
    except Unreadable as error:
        return {}, [error.diagnostic]
    if path.endswith(".json"):
        values, problems = parse_json_values(source)
        return {name: Input("tfvars", expression) for name, expression in values.items()}, problems
    body, problems = parse_body(source)
    problems += [
        Diagnostic(block.span(), "terraform-tfvars-block", f"a values file has no blocks, but here is {block.type!r}", Level.WARNING)
        for block in body.blocks
    ]
    return {name: Input("tfvars", attribute.expression) for name, attribute in body.attributes.items()}, problems


def _given(where: str, text: str, variable: Block) -> Expression:
    """A value given as text: an expression when the variable has a structured type, else the text itself."""
    source = Source(where, text)
    constraint = variable.body.expression("type")
    plain = constraint is None or (isinstance(constraint, Reference) and constraint.name in ("string", "number", "bool"))
    if not plain:
        return parse_expression(source)[0]
    literal = Literal(source, 0, len(text), Typed(text))
    literal.value.place = literal
    return literal
