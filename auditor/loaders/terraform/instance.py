"""Module instances: the names of one module as it is called from one place, each evaluated when it is first needed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from posixpath import normpath
from typing import Any

from auditor.loaders.files import Files
from auditor.loaders.terraform.body import META, ReferenceTable, Shape, table_of, value_of
from auditor.loaders.terraform.config import Module, path_in
from auditor.loaders.terraform.constraint import read_constraint
from auditor.loaders.terraform.context import make_context
from auditor.loaders.terraform.data_sources import compute
from auditor.loaders.terraform.evaluate import Scope, evaluate, marked, walk
from auditor.loaders.terraform.expansion import Expansion, Key, collect, expand, suffix
from auditor.loaders.terraform.inputs import Input
from auditor.loaders.terraform.language.tree import Block, Expression, ObjectOf, Reference
from auditor.loaders.terraform.nested import completed
from auditor.loaders.terraform.roots import ROOTS
from auditor.loaders.terraform.values.convert import convert
from auditor.loaders.terraform.values.types import EvaluationError, Type, Typed
from auditor.loaders.terraform_schema import Schema, resource_schema
from auditor.model.address import Address
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.span import Span
from auditor.model.value import Marks, Place, Ref, Unknown

MAX_MODULE_DEPTH = 60


@dataclass
class Tree:
    """What all instances of one root module share."""

    files: Files
    folder: str
    workspace: str
    read: Callable[[str], Module]
    installed: Mapping[str, str]
    """Module call path (`a.b`) -> folder, from `.terraform/modules/modules.json`."""
    diagnostics: dict[tuple[Span, str, str], Diagnostic] = field(default_factory=dict)
    gaps: dict[str, None] = field(default_factory=dict)

    def report(self, place: Place, message: str) -> None:
        """Remember an error of evaluation, once for all instances."""
        self.add(Diagnostic(place.span(), "terraform-evaluation", message, Level.WARNING))

    def add(self, diagnostic: Diagnostic) -> None:
        """Remember a diagnostic, once."""
        self.diagnostics[diagnostic.span, diagnostic.code, diagnostic.message] = diagnostic


class Instance:
    """One module, called from one place."""

    def __init__(
        self,
        tree: Tree,
        module: Module,
        address: str = "",
        inputs: Mapping[str, Input] | None = None,
        caller: Caller | None = None,
    ) -> None:
        self.tree = tree
        self.module = module
        self.address = address
        self.inputs = inputs or {}
        self.caller = caller
        self.scope = Scope(self.resolve, make_context(tree.files, tree.folder))
        self._known: dict[tuple[str, ...], Any] = {}
        self._open: set[tuple[str, ...]] = set()

    # -- names

    def resolve(self, reference: Reference, scope: Scope) -> Typed:
        """The value of a reference to anything but a loop variable."""
        reference = reference.short
        name, steps = reference.name, reference.steps
        special = ROOTS.get(name)
        if special is not None:
            if not steps:
                raise EvaluationError(f"{name!r} needs the name of something after it", reference)
            return special(self, steps) if self._declares(name, steps) else self._undeclared(reference)
        if name in ("each", "count", "self"):
            raise EvaluationError(f"{name!r} can be used only where there are several instances", reference)
        if not steps:
            raise EvaluationError(f"a reference to a resource type must be followed by a name; there is no {name!r} here", reference)
        if ("resource", name, str(steps[0])) not in self.module.resources:
            return self._undeclared(reference)
        if scope.owner == (name, str(steps[0])):
            raise EvaluationError(f"{name}.{steps[0]} refers to itself", reference)
        return self.resource_value("resource", name, str(steps[0]), steps[1:])

    def _undeclared(self, reference: Reference) -> Typed:
        """What a reference means to something that the module does not declare: unknown, but known to be that resource's."""
        length = 2 if reference.name == "data" else 1
        name = ".".join(map(str, (reference.name, *reference.steps[:length])))
        reason = f"{name} is not declared in this module"
        self.tree.report(reference, reason)
        if reference.name in ("var", "local", "module"):
            return Typed(Unknown(reason), None, reference)
        attribute = next((step for step in reference.steps[length:] if isinstance(step, str)), "")
        return Typed(Unknown(reason), None, reference, Marks((Ref(Address("tf", self.path(name)), attribute),)))

    def _declares(self, root: str, steps: tuple[str | int, ...]) -> bool:
        first = str(steps[0])
        match root:
            case "var":
                return first in self.module.variables
            case "local":
                return first in self.module.locals
            case "module":
                return first in self.module.calls
            case "data":
                return len(steps) < 2 or ("data", first, str(steps[1])) in self.module.resources
            case _:
                return True

    def _once(self, key: tuple[str, ...], make: Callable[[], Any]) -> Any:
        """The value of a name, made once; raises when it refers to itself."""
        if key in self._known:
            return self._known[key]
        if key in self._open:
            raise EvaluationError(f"{'.'.join(key)} refers to itself")
        self._open.add(key)
        try:
            made = make()
        finally:
            self._open.discard(key)
        self._known[key] = made
        return made

    def variable(self, name: str) -> Typed:
        """The value of a variable in its declared type."""
        found: Typed = self._once(("var", name), lambda: self._variable(name))
        return found

    def _variable(self, name: str) -> Typed:
        block = self.module.variables.get(name)
        if block is None:
            raise EvaluationError(f"the variable {name!r} is not declared in this module")
        body = block.body
        given = self.inputs.get(name)
        if given is not None:
            scope = self.caller.scope if given.kind == "argument" and self.caller is not None else self.scope
            value = value_of(given.expression, scope, self.tree.report)
        else:
            value = Typed(None)
        nullable = self._flag(body.expression("nullable"), default=True)
        if given is None or (value.data is None and not nullable):
            default = body.expression("default")
            if default is None:
                value = Typed(Unknown(f"var.{name} has no value", nullable), None, block)
            else:
                value = value_of(default, self.scope, self.tree.report)
        constraint = body.expression("type")
        if constraint is not None:
            value = self._constrained(name, value, constraint)
        if self._flag(body.expression("sensitive"), default=False):
            value = marked(value, Marks(sensitive=True))
        return value

    def _constrained(self, name: str, value: Typed, constraint: Expression) -> Typed:
        try:
            wanted: Type = self._once(("type", name), lambda: read_constraint(constraint, self.scope))
            return convert(value, wanted)
        except EvaluationError as error:
            self.tree.report(error.place or value.place, f"var.{name}: {error.message}")
            return Typed(Unknown(f"var.{name} has a value that does not fit its type"), None, value.place, value.marks)

    def _flag(self, expression: Expression | None, *, default: bool) -> bool:
        if expression is None:
            return default
        found = value_of(expression, self.scope, self.tree.report).data
        return found if isinstance(found, bool) else default

    def local(self, name: str) -> Typed:
        """The value of a local."""

        def make() -> Typed:
            attribute = self.module.locals.get(name)
            if attribute is None:
                raise EvaluationError(f"the local value {name!r} is not declared in this module")
            return evaluate(attribute.expression, self.scope)

        found: Typed = self._once(("local", name), make)
        return found

    # -- resources

    def expansion(self, block: Block, key: tuple[str, ...]) -> Expansion:
        """The instances that a block's `count` or `for_each` makes."""
        found: Expansion = self._once(("instances", *key), lambda: expand(block, self.scope, self.tree.report))
        return found

    def resource_scope(self, names: Mapping[str, Typed]) -> Scope:
        """What the expressions of one instance see."""
        return self.scope.child(names) if names else self.scope

    def body(self, mode: str, type_: str, name: str, index: int) -> Typed:
        """The table of one instance of a resource."""
        key = ("body", mode, type_, name, str(index))

        def make() -> Typed:
            block = self.module.resources[mode, type_, name]
            _, names = self.expansion(block, (mode, type_, name)).items[index]
            kind = f"data.{type_}" if mode == "data" else type_
            scope = self.resource_scope(names)
            if mode == "resource":
                scope = scope.inside((type_, name))
            made = table_of(block.body, scope, Shape(resource_schema(kind)), block, self.tree.report, skip=META)
            return compute(kind, made, self) if mode == "data" else made

        found: Typed = self._once(key, make)
        return found

    def resource_value(self, mode: str, type_: str, name: str, steps: tuple[str | int, ...]) -> Typed:
        """What an expression sees of a resource, at the end of the steps."""
        return walk(self._resource(mode, type_, name), steps)

    def _resource(self, mode: str, type_: str, name: str) -> Typed:
        block = self.module.resources.get((mode, type_, name))
        if block is None:
            prefix = "data." if mode == "data" else ""
            raise EvaluationError(f"{prefix}{type_}.{name} is not declared in this module")

        def make() -> Typed:
            expansion = self.expansion(block, (mode, type_, name))
            values = [self._reference(mode, type_, name, index, key) for index, (key, _) in enumerate(expansion.items)]
            return collect(expansion, values, block)

        found: Typed = self._once(("value", mode, type_, name), make)
        return found

    def _reference(self, mode: str, type_: str, name: str, index: int, key: Key) -> Typed:
        kind = f"data.{type_}" if mode == "data" else type_
        address = Address("tf", self.path(f"{kind}.{name}{suffix(key)}"))
        schema = resource_schema(kind)
        block = self.module.resources[mode, type_, name]
        names = [*block.body.attributes, *(b.labels[0] if b.type == "dynamic" and b.labels else b.type for b in block.body.blocks)]
        declared = dict.fromkeys(n for n in names if n not in META)
        if mode == "data":
            declared.update(dict.fromkeys(self.body(mode, type_, name, index).data))

        def make(attribute: str) -> Typed:
            table: Any = self.body(mode, type_, name, index).data
            value: Typed | None = table.get(attribute)
            if value is None or (value.data is None and _computed(schema, attribute)):
                value = absent(attribute)
                assert value is not None
            if schema is not None and attribute in schema.blocks:
                value = completed(value, schema.blocks[attribute].schema, address, attribute)
            ref = Ref(address, attribute)
            if isinstance(value.data, Unknown) and not value.data.parts:
                value = Typed(replace(value.data, parts=(ref,)), value.type, value.place, value.marks)
            return marked(value, Marks((ref,)))

        def absent(attribute: str) -> Typed | None:
            if schema is not None:
                known = attribute in schema.attributes or attribute in schema.blocks
                if not known:
                    return None
            if mode == "data":
                reason = f"{address} is read from the cloud"
            else:
                reason = f"{address}.{attribute} is known only after the apply"
            nullable = schema is not None and attribute in schema.attributes and not _computed(schema, attribute)
            ref = Ref(address, attribute)
            return Typed(Unknown(reason, nullable, parts=(ref,)), Shape(schema).type(attribute), block, Marks((ref,)))

        if schema is not None:
            declared.update(dict.fromkeys((*schema.attributes, *schema.blocks)))
        return Typed(ReferenceTable(declared, make, absent), None, block)

    def path(self, name: str) -> str:
        """The address of something in this module."""
        return f"{self.address}.{name}" if self.address else name

    # -- providers

    def provider(self, name: str) -> tuple[Instance, Block] | None:
        """(module instance, block) of the provider configuration that a name (`aws`, `aws.west`) stands for in this module."""
        if name in self.module.providers:
            return self, self.module.providers[name]
        if self.caller is None:
            return None
        passed = self.caller.block.body.expression("providers")
        if isinstance(passed, ObjectOf):
            for key, value in passed.items:
                if key.text == name:
                    return self.caller.instance.provider(value.text)
        return None if "." in name else self.caller.instance.provider(name)

    def provider_setting(self, name: str, setting: str) -> Typed:
        """The value of a setting of a provider configuration; unknown where it is not written."""
        found = self.provider(name)
        expression = found[1].body.expression(setting) if found else None
        if found is None or expression is None:
            return Typed(Unknown(f"the {setting} of the provider {name} is not written here", False))
        return value_of(expression, found[0].scope, self.tree.report)

    def default_tags(self, block: Block) -> Typed | None:
        """The default tags of the provider that a resource uses; None when there are none."""
        chosen = block.body.expression("provider")
        found = self.provider(chosen.text if chosen is not None else block.labels[0].partition("_")[0])
        if found is None:
            return None
        for defaults in found[1].body.of("default_tags"):
            expression = defaults.body.expression("tags")
            if expression is not None:
                return value_of(expression, found[0].scope, self.tree.report)
        return None

    # -- module calls

    def children(self, name: str) -> list[Instance]:
        """The instances of a module call; none when its source is not here."""
        found: list[Instance] = self._once(("children", name), lambda: self._children(name))
        return found

    def _children(self, name: str) -> list[Instance]:
        block = self.module.calls[name]
        folder = self.source(name)
        if folder is None:
            return []
        expansion = self.expansion(block, ("module", name))
        module = self.tree.read(folder)
        arguments = {
            argument: Input("argument", attribute.expression)
            for argument, attribute in block.body.attributes.items()
            if argument not in META and argument not in ("source", "version")
        }
        made = []
        for key, names in expansion.items:
            caller = Caller(self, block, self.resource_scope(names), expansion.doubt or (self.caller.doubt if self.caller else ""))
            made.append(Instance(self.tree, module, self.path(f"module.{name}{suffix(key)}"), arguments, caller))
        return made

    def source(self, name: str) -> str | None:
        """The folder of a called module; None, and a gap, when it is not here."""
        block = self.module.calls[name]
        expression = block.body.expression("source")
        text = value_of(expression, self.scope, self.tree.report).data if expression is not None else None
        if not isinstance(text, str):
            self._gap(name, block, "its source is not plain text")
            return None
        installed = self.tree.installed.get(".".join((*self.call_path(), name)))
        if text.startswith(("./", "../")):
            folder = normpath(path_in(self.module.folder, text))
        elif installed is not None:
            folder = normpath(path_in(self.tree.folder, installed))
        else:
            self._gap(name, block, f"{text} is not installed (`terraform init` would fetch it)")
            return None
        if len(self.call_path()) >= MAX_MODULE_DEPTH or self._calls_itself(folder):
            self._gap(name, block, f"the module {folder} calls itself")
            return None
        if not self.tree.files.is_folder(folder):
            self._gap(name, block, f"there is no folder {folder}")
            return None
        return folder

    def call_path(self) -> tuple[str, ...]:
        """The names of the module calls that lead here."""
        if self.caller is None:
            return ()
        return (*self.caller.instance.call_path(), self.caller.block.labels[0])

    def _calls_itself(self, folder: str) -> bool:
        here: Instance | None = self
        while here is not None:
            if here.module.folder == folder:
                return True
            here = here.caller.instance if here.caller else None
        return False

    def _gap(self, name: str, block: Block, message: str) -> None:
        span = block.source.span(block.start, block.header_end)
        text = f"module {name!r} could not be read: {message}"
        self.tree.add(Diagnostic(span, "terraform-module-missing", text, Level.WARNING, gap=True))
        self.tree.gaps[f"{self.path(f'module.{name}')} could not be read"] = None

    def module_value(self, name: str) -> Typed:
        """What expressions see of a module call: its outputs."""
        block = self.module.calls.get(name)
        if block is None:
            raise EvaluationError(f"the module {name!r} is not called in this module")

        def make() -> Typed:
            if self.source(name) is None:
                return Typed(Unknown(f"module.{name} could not be read"), None, block)
            expansion = self.expansion(block, ("module", name))
            return collect(expansion, [child.outputs() for child in self.children(name)], block)

        found: Typed = self._once(("module", name), make)
        return found

    def outputs(self) -> Typed:
        """All outputs as a table."""

        def make(name: str) -> Typed:
            found: Typed = self._once(("output", name), lambda: self._output(name))
            return found

        return Typed(ReferenceTable(self.module.outputs, make, lambda _: None), None, self.caller.block if self.caller else None)  # type: ignore[arg-type]

    def _output(self, name: str) -> Typed:
        body = self.module.outputs[name].body
        expression = body.expression("value")
        value = value_of(expression, self.scope, self.tree.report) if expression is not None else Typed(None)
        return marked(value, Marks(sensitive=True)) if self._flag(body.expression("sensitive"), default=False) else value

    def walk(self) -> Iterator[Instance]:
        """The instance itself and all below it, in the order of their names."""
        yield self
        for name in sorted(self.module.calls):
            for child in self.children(name):
                yield from child.walk()


@dataclass(frozen=True, slots=True)
class Caller:
    """Where an instance is called from, and what its arguments see there."""

    instance: Instance
    block: Block
    scope: Scope
    doubt: str


def _computed(schema: Schema | None, attribute: str) -> bool:
    """Whether the provider fills in an attribute that the code leaves out."""
    return schema is not None and attribute in schema.attributes and schema.attributes[attribute].computed
