"""What a plan's configuration declares beside resources: providers, module calls and variables, as the code's loader has them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.loaders.terraform_json import Path, Tree, as_table, looks_secret
from auditor.model.address import Address
from auditor.model.json_text import JsonFile
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.value import Marks, Unknown, Value, from_plain

_NOT_SAID = "a plan does not say it"


def declarations(document: JsonFile, configuration: Mapping[str, Any], root: str) -> Iterator[Resource]:
    """The providers, and the module calls and variables of every module."""
    for key, provider in as_table(configuration.get("provider_config")).items():
        if isinstance(provider, dict) and isinstance(provider.get("name"), str):
            path: Path = ("configuration", "provider_config", key, "expressions")
            alias = provider.get("alias")
            name = f"provider.{provider['name']}" + (f".{alias}" if isinstance(alias, str) else "")
            body = _table(document, path, as_table(provider.get("expressions")))
            module = provider.get("module_address") if isinstance(provider.get("module_address"), str) else ""
            yield _resource(document, f"provider.{provider['name']}", _inside(module, name), body, path[:-1], root)
    yield from _module(document, as_table(configuration.get("root_module")), ("configuration", "root_module"), "", root)


def _module(document: JsonFile, module: Mapping[str, Any], path: Path, address: str, root: str) -> Iterator[Resource]:
    for name, call in as_table(module.get("module_calls")).items():
        here: Path = (*path, "module_calls", name)
        texts = {"source": "source", "version": "version_constraint"}
        known = {word: _constant(document, (*here, key), call[key]) for word, key in texts.items() if as_table(call).get(key)}
        body = known | _table(document, (*here, "expressions"), as_table(as_table(call).get("expressions")))
        yield _resource(document, "module", _inside(address, f"module.{name}"), body, here, root)
        yield from _module(document, as_table(as_table(call).get("module")), (*here, "module"), _inside(address, f"module.{name}"), root)
    for name, variable in as_table(module.get("variables")).items():
        here = (*path, "variables", name)
        secret = as_table(variable).get("sensitive") is True
        body = {
            key: _constant(document, (*here, key), value, secret=secret and key == "default") for key, value in as_table(variable).items()
        }
        body["type"] = Value(Unknown(_NOT_SAID), document.place(here))
        yield _resource(document, "variable", _inside(address, f"var.{name}"), body, here, root)


def _inside(module: Any, name: str) -> str:
    return f"{module}.{name}" if module else name


def _constant(document: JsonFile, path: Path, data: Any, *, secret: bool = False) -> Value:
    value = from_plain(data, lambda inside: document.place((*path, *inside)))
    return Value(value.data, value.place, Marks(sensitive=True)) if secret else value


def _table(document: JsonFile, path: Path, expressions: Mapping[str, Any]) -> dict[str, Value]:
    return {name: _expression(document, (*path, name), expression) for name, expression in expressions.items()}


def _expression(document: JsonFile, path: Path, expression: Tree) -> Value:
    """The value of an expression: itself where it is constant, the blocks inside, or unknown."""
    if isinstance(expression, dict) and "constant_value" in expression:
        return _constant(document, path, expression["constant_value"], secret=looks_secret(str(path[-1])))
    if isinstance(expression, dict) and "references" not in expression:
        return Value(_table(document, path, expression), document.place(path))
    if isinstance(expression, list):
        return Value([_expression(document, (*path, index), item) for index, item in enumerate(expression)], document.place(path))
    return Value(Unknown(_NOT_SAID), document.place(path))


def _resource(document: JsonFile, kind: str, address: str, body: dict[str, Value], path: Path, root: str) -> Resource:
    place = document.place(path)
    return Resource(Address("tf", address), kind, Facet.PLANNED, Node(Value(body, place)), place.span(), root)
