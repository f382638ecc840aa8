"""The resources of a root module, as rules and drift see them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from auditor.loaders.terraform.body import META, Shape, table_of, value_of
from auditor.loaders.terraform.evaluate import Scope
from auditor.loaders.terraform.expansion import suffix
from auditor.loaders.terraform.history import trace
from auditor.loaders.terraform.instance import Instance
from auditor.loaders.terraform.language.tree import Attribute, Block, Body, Reference, TupleOf
from auditor.loaders.terraform.values.types import Typed
from auditor.loaders.terraform_schema import resource_schema
from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Facet, Origin, Resource
from auditor.model.span import Span
from auditor.model.value import LazyTable, Place, Unknown, Value


def resources_of(root: Instance) -> Iterator[Resource]:
    """Every resource, data source, provider, module call, variable, local and output below a root, in order of modules.

    What a module merely declares is the same however often it is called, so it is there once: for its first instance.
    """
    declared: set[str] = set()
    for instance in root.walk():
        doubt = instance.caller.doubt if instance.caller else ""
        chain = _chain(instance)
        for mode, type_, name in instance.module.resources:
            yield from _instances(instance, mode, type_, name, doubt, chain)
        if instance.module.folder not in declared:
            declared.add(instance.module.folder)
            yield from _declarations(instance, doubt, chain)


def _chain(instance: Instance) -> tuple[Span, ...]:
    if instance.caller is None:
        return ()
    block = instance.caller.block
    return (*_chain(instance.caller.instance), block.source.span(block.start, block.end))


def _instances(instance: Instance, mode: str, type_: str, name: str, doubt: str, chain: tuple[Span, ...]) -> Iterator[Resource]:
    block = instance.module.resources[mode, type_, name]
    kind = type_ if mode == "resource" else f"{mode}.{type_}"
    expansion = instance.expansion(block, (mode, type_, name))
    root = instance.tree.folder or "."
    ignored = _ignored(block)
    for index, (key, names) in enumerate(expansion.items):
        scope = instance.resource_scope(names)
        body = instance.body(mode, type_, name, index)
        if mode == "resource" and type_.startswith("aws_"):
            body = _with_all_tags(body, instance, block, type_)
        yield Resource(
            Address("tf", instance.path(f"{kind}.{name}{suffix(key)}")),
            kind,
            Facet.WRITTEN,
            Node(body),
            block.span(),
            root,
            doubt=expansion.doubt or doubt,
            chain=chain,
            history=partial(_history, instance, block, scope, body, expansion.kind),
            ignored=ignored,
            meta=Node(_meta(block, scope, instance)),
        )


def _history(instance: Instance, block: Block, scope: Any, body: Value, loop: str, path: str) -> tuple[Origin, ...]:
    return trace(instance, block, scope, body, path, loop=loop)


def _meta(block: Block, scope: Any, instance: Instance) -> Typed:
    """What Terraform itself reads of a block: lifecycle, provisioners, depends_on, and the text of count and for_each."""
    attributes = {name: attribute for name, attribute in block.body.attributes.items() if name in META}
    blocks = [inner for inner in block.body.blocks if inner.type in META]

    def make(name: str) -> Typed:
        if name in attributes:
            return _as_written(attributes[name])
        return Typed([_meta_block(inner, scope, instance) for inner in blocks if inner.type == name], None, block)

    return Typed(LazyTable((*attributes, *(inner.type for inner in blocks)), make), None, block)


def _as_written(attribute: Attribute) -> Typed:
    """References and conditions of meta-arguments, as texts."""
    expression = attribute.expression
    if isinstance(expression, TupleOf):
        return Typed([Typed(item.text, None, item) for item in expression.items], None, expression)
    return Typed(expression.text, None, expression)


def _meta_block(block: Block, scope: Any, instance: Instance) -> Typed:
    if block.type == "lifecycle":
        written = ("ignore_changes", "replace_triggered_by")
        table: dict[str, Any] = {
            name: _as_written(attribute) if name in written else value_of(attribute.expression, scope, instance.tree.report)
            for name, attribute in block.body.attributes.items()
        }
        return Typed(table, None, block)
    made = table_of(block.body, scope, Shape(), block, _say_nothing)
    if not block.labels:
        return made
    inner: Any = made.data
    label = Typed(block.labels[0], None, block)
    return Typed(LazyTable(("type", *inner), lambda name: label if name == "type" else inner[name]), None, block)


def _say_nothing(place: Place, message: str) -> None:
    """Provisioners see `self` and connections, which are not here to be evaluated."""


def _ignored(block: Block) -> tuple[str, ...]:
    for lifecycle in block.body.of("lifecycle"):
        expression = lifecycle.body.expression("ignore_changes")
        if isinstance(expression, TupleOf):
            return tuple(item.text.strip('"') for item in expression.items)
        if expression is not None:
            return (expression.text.strip('"'),)
    return ()


def _with_all_tags(body: Typed, instance: Instance, block: Block, type_: str) -> Typed:
    """`tags_all`: the tags of the resource over the default tags of its provider."""
    table: Any = body.data
    schema = resource_schema(type_)
    if schema is None or "tags_all" not in schema.attributes or "tags_all" in table:
        return body
    default = instance.default_tags(block)
    if default is None and "tags" not in table:
        return body

    def make(name: str) -> Value:
        if name != "tags_all":
            found: Value = table[name]
            return found
        own: Value = table["tags"] if "tags" in table else Typed({}, None, body.place)
        if default is None:
            return own
        for side in (own, default):
            if isinstance(side.data, Unknown):
                return Typed(Unknown(side.data.reason, False), None, own.place)
        left: Any = default.data if isinstance(default.data, dict) else {}
        right: Any = own.data if isinstance(own.data, dict) else {}
        return Typed({**left, **right}, None, own.place)

    return Typed(LazyTable((*table, "tags_all"), make), None, body.place)


# -- what is not a resource, but can be wrong


def _declarations(instance: Instance, doubt: str, chain: tuple[Span, ...]) -> Iterator[Resource]:
    module = instance.module
    for name, block in module.providers.items():
        yield _declared(instance, f"provider.{block.labels[0]}", f"provider.{name}", block, block.body, doubt, chain)
    for name, block in module.calls.items():
        yield _declared(instance, "module", f"module.{name}", block, block.body, doubt, chain)
    for name, block in module.variables.items():
        yield _declared(instance, "variable", f"var.{name}", block, block.body, doubt, chain, written=frozenset({"type"}))
    for name, block in module.outputs.items():
        yield _declared(instance, "output", f"output.{name}", block, block.body, doubt, chain)
    for name, attribute in module.locals.items():
        body = Body({"value": Attribute(attribute.source, attribute.start, attribute.end, "value", attribute.expression)}, [])
        holder = Block(attribute.source, attribute.start, attribute.end, "local", (name,), body, attribute.start)
        yield _declared(instance, "local", f"local.{name}", holder, body, doubt, chain)
    yield _settings(instance, doubt, chain)


def _declared(
    instance: Instance,
    kind: str,
    address: str,
    block: Block,
    body: Body,
    doubt: str,
    chain: tuple[Span, ...],
    *,
    written: frozenset[str] = frozenset(),
) -> Resource:
    schema = resource_schema(kind) if kind.startswith("provider.") else None
    table = table_of(body, instance.scope, Shape(schema), block, _say_nothing, skip=META | written)
    if written:
        inner: Any = table.data
        texts = {name: _as_written(body.attributes[name]) for name in written if name in body.attributes}
        table = Typed(LazyTable((*inner, *texts), lambda name: texts[name] if name in texts else inner[name]), None, block)
    return Resource(
        Address("tf", instance.path(address)),
        kind,
        Facet.WRITTEN,
        Node(table),
        block.span(),
        instance.tree.folder or ".",
        doubt=doubt,
        chain=chain,
        history=partial(_history, instance, block, instance.scope, table, "single"),
    )


def _settings(instance: Instance, doubt: str, chain: tuple[Span, ...]) -> Resource:
    """The `terraform` blocks of a module as one table, with the facts of its folder that rules ask about.

    `required_version`, `required_providers` (a table), `backend` (a listing of tables with their `type`), `cloud`, `providers` (the
    providers that are used), `lock_file` (its path), `root_module` (whether it is one).
    """
    module = instance.module
    blocks = module.settings
    path = min(module.sources, default=module.folder)
    span = blocks[0].span() if blocks else Span(path)
    here: Any = blocks[0] if blocks else _File(span)
    table: dict[str, Any] = {}
    for block in blocks:
        table.update(_settings_table(block, instance))
    used = {type_.partition("_")[0] for mode, type_, _ in module.resources if mode != "ephemeral"} | {
        b.labels[0] for b in module.providers.values()
    }
    table["providers"] = Typed([Typed(name, None, here) for name in sorted(used - {"terraform"})], None, here)
    table["root_module"] = Typed(instance.caller is None, None, here)
    lock = f"{module.folder}/.terraform.lock.hcl" if module.folder not in ("", ".") else ".terraform.lock.hcl"
    if instance.tree.files.exists(lock):
        table["lock_file"] = Typed(lock, None, here)
    return Resource(
        Address("tf", instance.path("terraform")),
        "terraform",
        Facet.WRITTEN,
        Node(Typed(table, None, here)),
        span,
        instance.tree.folder or ".",
        doubt=doubt,
        chain=chain,
    )


class _File:
    """A whole file as a place."""

    __slots__ = ("_span",)

    def __init__(self, span: Span) -> None:
        self._span = span

    def span(self) -> Span:
        """The file's first line."""
        return self._span


def _as_name(reference: Reference, _: Scope) -> Typed:
    """In `configuration_aliases` a reference is the name of a provider configuration, not a value."""
    return Typed(reference.text, None, reference)


def _settings_table(block: Block, instance: Instance) -> Mapping[str, Typed]:
    made: dict[str, Typed] = {
        name: value_of(attribute.expression, instance.scope, _say_nothing) for name, attribute in block.body.attributes.items()
    }
    for inner in block.body.blocks:
        if inner.type == "required_providers":
            made["required_providers"] = table_of(inner.body, Scope(_as_name, instance.scope.context), Shape(), inner, _say_nothing)
        elif inner.type in ("backend", "cloud"):
            made[inner.type] = Typed([_meta_block(inner, instance.scope, instance)], None, inner)
    return made
