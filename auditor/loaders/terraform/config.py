"""A module's configuration: all files of a folder, read together, overrides applied; nothing is evaluated yet."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from posixpath import join
from typing import TypeVar

from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform.comments import comments_of
from auditor.loaders.terraform.language.json_syntax import parse_json_body
from auditor.loaders.terraform.language.parse import parse_body
from auditor.loaders.terraform.language.tree import Attribute, Block, Body, Expression, Source
from auditor.model.diagnostic import Diagnostic, Level
from auditor.model.source import Comment

_Key = TypeVar("_Key")
_Item = TypeVar("_Item", Block, Attribute)

SUFFIXES = (".tf", ".tf.json", ".tofu", ".tofu.json")
_OVERRIDE = re.compile(r"(.*_)?override\.(tf|tofu)(\.json)?")


@dataclass
class Module:
    """What the files of one folder declare."""

    folder: str
    sources: dict[str, Source] = field(default_factory=dict)
    variables: dict[str, Block] = field(default_factory=dict)
    locals: dict[str, Attribute] = field(default_factory=dict)
    outputs: dict[str, Block] = field(default_factory=dict)
    resources: dict[tuple[str, str, str], Block] = field(default_factory=dict)
    """(`resource`, `data` or `ephemeral`; type; name) -> block."""
    calls: dict[str, Block] = field(default_factory=dict)
    providers: dict[str, Block] = field(default_factory=dict)
    """By name, or `name.alias`."""
    settings: list[Block] = field(default_factory=list)
    """The `terraform` blocks."""
    others: list[Block] = field(default_factory=list)
    """`moved`, `import`, `removed`, `check`, `action`."""
    comments: list[Comment] = field(default_factory=list)
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    """Files that could not be read at all, or only in part."""


def read_module(files: Files, folder: str) -> Module:
    """The configuration in a folder. Files in OpenTofu's own suffix win over Terraform's of the same name."""
    module = Module(folder)
    names = [name for name in files.folder(folder) if name.endswith(SUFFIXES)]
    shadowed = {name.replace(".tofu", ".tf") for name in names if ".tofu" in name}
    overrides: list[tuple[str, Body]] = []
    for name in names:
        if name in shadowed or name.startswith("."):
            continue
        body = _read(files, path_in(folder, name), module)
        if _OVERRIDE.fullmatch(name):
            overrides.append((name, body))
        else:
            for block in body.blocks:
                _declare(module, block)
            _stray(module, body.attributes.values())
    for _, body in overrides:
        for block in body.blocks:
            _override(module, block)
    return module


def path_in(folder: str, name: str) -> str:
    """The path of a file in a folder (`.` or empty for the root)."""
    return name if folder in ("", ".") else join(folder, name)


def _read(files: Files, path: str, module: Module) -> Body:
    try:
        text = files.read(path)
    except Unreadable as error:
        module.diagnostics.append(error.diagnostic)
        module.broken.append(path)
        return Body({}, [])
    source = Source(path, text)
    module.sources[path] = source
    body, diagnostics = parse_json_body(source) if path.endswith(".json") else parse_body(source)
    if diagnostics:
        module.broken.append(path)
        module.diagnostics += diagnostics
    module.comments += comments_of(path, text)
    return body


def _stray(module: Module, attributes: Iterable[Attribute]) -> None:
    for attribute in attributes:
        message = f"an attribute ({attribute.name}) cannot stand outside a block"
        module.diagnostics.append(Diagnostic(attribute.span(), "terraform-stray-attribute", message, Level.WARNING))


def _declare(module: Module, block: Block) -> None:
    """File a top-level block; a second declaration of the same name is reported and ignored."""
    match block.type, len(block.labels):
        case "variable", 1:
            _put(module, module.variables, block.labels[0], block)
        case "output", 1:
            _put(module, module.outputs, block.labels[0], block)
        case "locals", 0:
            for attribute in block.body.attributes.values():
                _put(module, module.locals, attribute.name, attribute)
        case (("resource" | "data" | "ephemeral"), 2):
            _put(module, module.resources, (block.type, block.labels[0], block.labels[1]), block)
        case "module", 1:
            _put(module, module.calls, block.labels[0], block)
        case "provider", 1:
            _put(module, module.providers, _provider_name(block), block)
        case "terraform", 0:
            module.settings.append(block)
        case (("moved" | "import" | "removed" | "check" | "action"), _):
            module.others.append(block)
            for inner in block.body.of("data") if block.type == "check" else ():
                _declare(module, inner)
        case _:
            message = f"{block.type!r} with {len(block.labels)} labels is not a block of a Terraform configuration"
            module.diagnostics.append(
                Diagnostic(block.source.span(block.start, block.header_end), "terraform-unknown-block", message, Level.WARNING)
            )


def _put(module: Module, table: dict[_Key, _Item], key: _Key, item: _Item) -> None:
    if key in table:
        name = ".".join(key) if isinstance(key, tuple) else str(key)
        message = f"{name} is declared twice; the first declaration is at {table[key].span()}"
        module.diagnostics.append(Diagnostic(item.span(), "terraform-duplicate", message, Level.WARNING))
        return
    table[key] = item


def _provider_name(block: Block) -> str:
    alias = block.body.expression("alias")
    name = block.labels[0]
    return name if alias is None else f"{name}.{alias.text.strip(chr(34))}"


def _override(module: Module, block: Block) -> None:
    """Merge a block of an override file into the block that it overrides."""
    tables: dict[str, dict[str, Block]] = {"variable": module.variables, "output": module.outputs, "module": module.calls}
    if block.type in tables and len(block.labels) == 1:
        _merge_into(module, tables[block.type], block.labels[0], block)
    elif block.type in ("resource", "data") and len(block.labels) == 2:
        _merge_into(module, module.resources, (block.type, block.labels[0], block.labels[1]), block)
    elif block.type == "provider" and len(block.labels) == 1:
        _merge_into(module, module.providers, _provider_name(block), block)
    elif block.type == "locals":
        module.locals.update(block.body.attributes)
    elif block.type == "terraform":
        module.settings.append(block)
    else:
        _declare(module, block)


def _merge_into(module: Module, table: dict[_Key, Block], key: _Key, block: Block) -> None:
    if key not in table:
        _declare(module, block)
        return
    old = table[key]
    replaced = {inner.type if inner.type != "dynamic" else inner.labels[0] for inner in block.body.blocks if inner.type != "lifecycle"}
    kept = [b for b in old.body.blocks if (b.type if b.type != "dynamic" else b.labels[0]) not in replaced]
    merged = Body({**old.body.attributes, **block.body.attributes}, [*kept, *block.body.blocks])
    table[key] = Block(old.source, old.start, old.end, old.type, old.labels, merged, old.header_end)


def literal_text(expression: Expression | None) -> str | None:
    """The text of an expression that is a plain text literal."""
    value = getattr(expression, "value", None)
    return value.data if value is not None and isinstance(value.data, str) else None
