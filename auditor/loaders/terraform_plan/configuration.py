"""The `configuration` of a plan: what the code declares, and which resources an expression refers to, through module calls."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from typing import Any

from auditor.loaders.terraform_json import Entry, Tree, as_list, as_table
from auditor.model.address import Address, split_terraform
from auditor.model.value import Ref

_KEY = r'\[(?:\d+|"(?:[^"\\]|\\.)*")\]'
_MODULE = re.compile(rf"module\.(?P<name>[\w-]+)(?P<key>{_KEY})?(?:\.(?P<output>[\w-]+))?")
_RESOURCE = re.compile(rf"(?P<base>(?:data\.)?[\w-]+\.[\w-]+)(?P<key>{_KEY})?(?:\.(?P<attribute>.+))?")
_NOT_RESOURCES = frozenset({"local", "path", "terraform", "self", "ephemeral"})
_MAX_STEPS = 64


@dataclass(frozen=True, slots=True)
class Context:
    """Where an expression stands: a module instance, and the repetition that `each` and `count` speak of."""

    module: str
    repetition: Tree = None
    key: str = ""

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the module calls that lead here."""
        return tuple(found["name"] for found in _MODULE.finditer(_without_keys(self.module)))


class Configuration:
    """The configuration and the addresses of everything that is planned."""

    def __init__(self, configuration: Mapping[str, Any], addresses: Iterable[str]) -> None:
        self._root = as_table(configuration.get("root_module"))
        self._addresses = frozenset(addresses)

    @property
    def known(self) -> bool:
        """Whether there is a configuration at all."""
        return bool(self._root)

    @cached_property
    def _instances(self) -> dict[str, list[str]]:
        """Module address without keys -> the instances."""
        found: dict[str, dict[str, None]] = defaultdict(dict)
        for address in sorted(self._addresses):
            module, _ = split_terraform(address)
            while module:
                found[_without_keys(module)][module] = None
                module = split_terraform(module)[0]
        return {name: list(instances) for name, instances in found.items()}

    @cached_property
    def _modules(self) -> dict[tuple[str, ...], tuple[Mapping[str, Any], Mapping[str, Any]]]:
        """Call path -> (module, the call of it)."""
        found: dict[tuple[str, ...], tuple[Mapping[str, Any], Mapping[str, Any]]] = {}
        pending: list[tuple[tuple[str, ...], Mapping[str, Any], Mapping[str, Any]]] = [((), self._root, {})]
        while pending:
            path, module, call = pending.pop()
            found[path] = module, call
            pending += [((*path, name), as_table(as_table(c).get("module")), as_table(c)) for name, c in self.calls(module)]
        return found

    @staticmethod
    def calls(module: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
        """The module calls of a module."""
        return [(name, as_table(call)) for name, call in as_table(module.get("module_calls")).items()]

    @cached_property
    def _resources(self) -> dict[tuple[tuple[str, ...], str], Mapping[str, Any]]:
        return {
            (path, resource["address"]): resource
            for path, (module, _) in self._modules.items()
            for resource in as_list(module.get("resources"))
            if isinstance(resource, dict) and isinstance(resource.get("address"), str)
        }

    def _context(self, entry: Entry) -> tuple[Context, Mapping[str, Any]]:
        module, name = split_terraform(entry.address)
        base = _without_keys(name)
        context = Context(module)
        resource = self._resources.get((context.names, base), {})
        repetition = resource.get("for_each_expression") or resource.get("count_expression")
        return Context(module, repetition, name[len(base) :]), resource

    def expressions(self, entry: Entry) -> Tree:
        """The expressions of a resource's attributes; empty when it is not in the configuration."""
        return as_table(self._context(entry)[1].get("expressions"))

    def references(self, entry: Entry) -> partial[tuple[Ref, ...]]:
        """A function from an expression of the resource to what it refers to."""
        return partial(self._references, self._context(entry)[0])

    def _references(self, context: Context, expression: Tree) -> tuple[Ref, ...]:
        return tuple(dict.fromkeys(self._resolve(context, expression, _MAX_STEPS)))

    def _resolve(self, context: Context, expression: Tree, steps: int) -> Iterator[Ref]:
        if not isinstance(expression, dict) or steps == 0:
            return
        words = [word for word in as_list(expression.get("references")) if isinstance(word, str)]
        own = any(word.startswith(("each.", "count.")) for word in words)
        for word in _most_specific(words):
            head = word.partition(".")[0].partition("[")[0]
            if head == "var":
                yield from self._variable(context, word.split(".")[1].partition("[")[0], steps)
            elif head == "each":
                yield from self._resolve(context, context.repetition if word.startswith("each.value") else None, steps - 1)
            elif head == "module":
                yield from self._output(context, word, steps, own=own)
            elif head not in _NOT_RESOURCES and (found := _RESOURCE.fullmatch(word)):
                yield self._resource(context, found, own=own)

    def _resource(self, context: Context, found: re.Match[str], *, own: bool) -> Ref:
        base = f"{context.module}.{found['base']}" if context.module else found["base"]
        key = found["key"] or (context.key if own and f"{base}{context.key}" in self._addresses else "")
        return Ref(Address("tf", base + key), found["attribute"] or "")

    def _variable(self, context: Context, name: str, steps: int) -> Iterator[Ref]:
        """What the call of this module gives for a variable."""
        if not context.module:
            return
        parent, call_name = split_terraform(context.module)
        call = self._modules.get(context.names, ({}, {}))[1]
        repetition = call.get("for_each_expression") or call.get("count_expression")
        caller = Context(parent, repetition, call_name[len(_without_keys(call_name)) :])
        yield from self._resolve(caller, as_table(call.get("expressions")).get(name), steps - 1)

    def _output(self, context: Context, word: str, steps: int, *, own: bool) -> Iterator[Ref]:
        """What an output of a called module is made of."""
        found = _MODULE.match(word)
        if not found or not found["output"]:
            return
        path = (*context.names, found["name"])
        expression = as_table(as_table(self._modules.get(path, ({}, {}))[0].get("outputs")).get(found["output"])).get("expression")
        base = f"{context.module}.module.{found['name']}" if context.module else f"module.{found['name']}"
        instances = [m for m in self._instances.get(_without_keys(base), ()) if _without_last_key(m) == base]
        wanted = f"{base}{found['key'] or (context.key if own else '')}"
        for instance in [wanted] if wanted in instances else instances:
            yield from self._resolve(Context(instance), expression, steps - 1)


def _most_specific(words: list[str]) -> list[str]:
    """References without those that only repeat the beginning of another one."""
    return [word for word in words if not any(other != word and other.startswith((f"{word}.", f"{word}[")) for other in words)]


def _without_keys(address: str) -> str:
    return re.sub(_KEY, "", address)


def _without_last_key(address: str) -> str:
    return re.sub(rf"{_KEY}$", "", address)
