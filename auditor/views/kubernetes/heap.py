"""How much memory the runtimes in containers are told to use: Java, Node.js, Go."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.views.kubernetes.config_reference import ConfigReference, look_up_config
from auditor.views.kubernetes.container import Container
from auditor.views.kubernetes.quantity import MI

_UNITS = {"": 1, "k": 1024, "m": MI, "g": 1024**3, "t": 1024**4}
_GO_UNITS = {"": 1, "B": 1, "KiB": 1024, "MiB": MI, "GiB": 1024**3, "TiB": 1024**4}
_JAVA = re.compile(r"(?<!\S)-(?:Xmx|XX:MaxHeapSize=)(\d{1,15})([kKmMgGtT]?)(?![\w.])")
_SHARE = re.compile(r"(?<!\S)-XX:MaxRAMPercentage=(\d{1,3}(?:\.\d{1,6})?)(?![\w.])")
_NODE = re.compile(r"(?<!\S)--max[-_]old[-_]space[-_]size[= ](\d{1,9})(?![\w.])")
_GO = re.compile(r"(\d{1,18})(B|KiB|MiB|GiB|TiB)?")
_QUOTES: Final = str.maketrans("\"'`;", "    ")
_VARIABLE = re.compile(r"\$\(([\w.-]+)\)")
_BEFORE_COMMAND = frozenset({"JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"})
_AFTER_COMMAND = "_JAVA_OPTIONS"


@dataclass(frozen=True, slots=True)
class Heap:
    """A bound on the memory of a runtime: where it is written, as what, and how much.

    `size` is in bytes; `share` is the fraction of the container's limit that a relative bound means.
    """

    where: Node
    text: str
    runtime: str
    size: Fraction | None = None
    share: Fraction | None = None

    def of(self, limit: Fraction) -> Fraction:
        """The bound in bytes for a container with that limit."""
        return self.size if self.size is not None else (self.share or Fraction(0)) * limit


def heaps(container: Container) -> Iterator[Heap]:
    """The bounds that are in force. Raises `Undecided` after those that nothing unknown can overrule."""
    variables, doubt = _variables(container)
    words: list[tuple[str, Node]] = []
    try:
        words.extend(_expanded(text, word, variables) for word in container.words() if (text := word.text))
    except Undecided as reason:
        doubt = doubt or reason
    yield from bounds(words, variables, certain=doubt is None)
    if doubt is not None:
        raise doubt


def bounds(words: list[tuple[str, Node]], variables: dict[str, Node], *, certain: bool = True) -> Iterator[Heap]:
    """The bounds that words of a command line and variables set; unless `certain`, only those that nothing else can overrule."""
    yield from _java(words, variables, certain=certain)
    yield from _node(words, variables, certain=certain)
    yield from _go(variables)


def _java(words: list[tuple[str, Node]], variables: dict[str, Node], *, certain: bool) -> Iterator[Heap]:
    """The last word counts: `_JAVA_OPTIONS`, then the command, then what scripts pass to it, then what the virtual machine reads first."""
    on_command = [heap for text, where in words for heap in _java_in(text, where)]
    by_name = {name: list(_java_in(node.text or "", node)) for name, node in variables.items()}
    by_script = [heap for name, found in by_name.items() if name not in _BEFORE_COMMAND and name != _AFTER_COMMAND for heap in found]
    first = [heap for name in sorted(_BEFORE_COMMAND) for heap in by_name.get(name, ())]
    yield from by_name.get(_AFTER_COMMAND) or on_command[-1:] or ((by_script or first) if certain else ())


def _java_in(text: str, where: Node) -> Iterator[Heap]:
    """The bound in a text: the last one of them, an absolute one before a relative one."""
    text = text.translate(_QUOTES)
    found = list(_JAVA.finditer(text))
    if found:
        number, unit = found[-1].groups()
        yield Heap(where, found[-1][0].strip(), "Java", Fraction(int(number) * _UNITS[unit.lower()]))
        return
    shares = list(_SHARE.finditer(text))
    if shares:
        yield Heap(where, shares[-1][0].strip(), "Java", share=Fraction(shares[-1][1]) / 100)


def _node(words: list[tuple[str, Node]], variables: dict[str, Node], *, certain: bool) -> Iterator[Heap]:
    """What the command says comes before `NODE_OPTIONS`."""
    on_command = [heap for text, where in words for heap in _node_in(text, where)]
    by_variable = [heap for node in variables.values() for heap in _node_in(node.text or "", node)]
    yield from on_command[-1:] or (by_variable if certain else ())


def _node_in(text: str, where: Node) -> Iterator[Heap]:
    found = list(_NODE.finditer(text.translate(_QUOTES)))
    if found:
        yield Heap(where, found[-1][0].strip(), "Node.js", Fraction(int(found[-1][1]) * MI))


def _go(variables: dict[str, Node]) -> Iterator[Heap]:
    node = variables.get("GOMEMLIMIT")
    found = _GO.fullmatch(node.text or "") if node is not None else None
    if node is not None and found:
        yield Heap(node, f"GOMEMLIMIT={found[0]}", "Go", Fraction(int(found[1]) * _GO_UNITS[found[2] or ""]))


# -- the environment


def _variables(container: Container) -> tuple[dict[str, Node], Undecided | None]:
    """name -> the node of its value, also in ConfigMaps, and the first thing that cannot be known. Secrets are left alone."""
    found: dict[str, Node] = {}
    doubt: Undecided | None = None
    for part in (_from_whole, _from_entries):
        try:
            for name, node in part(container):
                if node is None:
                    found.pop(name, None)
                elif not node.sensitive and node.text is not None:
                    found[name] = node
        except Undecided as reason:
            doubt = doubt or reason
    return found, doubt


def _from_whole(container: Container) -> Iterator[tuple[str, Node | None]]:
    for item in container.where.each("envFrom"):
        prefix, table = item.at("prefix").text or "", item.at("configMapRef")
        if isinstance(table.value, dict):
            for data in _data_of(container, table):
                yield from ((f"{prefix}{key}", node) for key, node in data.entries())


def _from_entries(container: Container) -> Iterator[tuple[str, Node | None]]:
    for variable in container.variables:
        if variable.value.present:
            yield variable.name, variable.value
            continue
        yield variable.name, None
        table = variable.source.at("configMapKeyRef")
        key = table.at("key").text if isinstance(table.value, dict) else None
        for data in _data_of(container, table) if key else ():
            for name, node in data.entries():
                if name == key:
                    yield variable.name, node


def _data_of(container: Container, table: Node) -> Iterator[Node]:
    """The data of the ConfigMap that a table names, when it is here."""
    name = table.at("name").text
    if not name:
        return
    reference = ConfigReference(table.at("name"), "ConfigMap", name, table.at("-"), "env", table.at("optional"))
    for config in look_up_config(reference, container.pod).targets:
        yield config.at("data")


def _expanded(text: str, word: Node, variables: dict[str, Node]) -> tuple[str, Node]:
    """A word with its `$(NAME)` replaced; it is written where the first variable that it takes is."""
    used = [variables[name] for name in _VARIABLE.findall(text) if name in variables]
    if not used:
        return text, word
    return _VARIABLE.sub(lambda found: _text_of(variables.get(found[1])) or found[0], text), used[0]


def _text_of(node: Node | None) -> str:
    return (node.text or "") if node is not None else ""
