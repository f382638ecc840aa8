"""What a group launches: its template or configuration, the types of its instances, and how long one takes to start."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.instance_type import InstanceType, instance_type
from auditor.views.user_data import scripts

TEMPLATE: Final = "aws_launch_template"
CONFIGURATION: Final = "aws_launch_configuration"
_MIXED: Final = "mixed_instances_policy.launch_template"
_PATHS: Final = (
    ("launch_template.id", TEMPLATE),
    ("launch_template.name", TEMPLATE),
    ("launch_template.launch_template_id", TEMPLATE),
    ("launch_template.launch_template_name", TEMPLATE),
    (f"{_MIXED}.launch_template_specification.launch_template_id", TEMPLATE),
    (f"{_MIXED}.launch_template_specification.launch_template_name", TEMPLATE),
    ("launch_configuration", CONFIGURATION),
)
_WINDOWS: Final = re.compile(r"windows", re.IGNORECASE)
_POWERSHELL: Final = re.compile(r"^\s*<(powershell|script)>", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Start:
    """How long an instance takes until it works, in seconds. `words` say where the number is from; `where` too, when it is written."""

    seconds: float
    words: str
    where: Node | None


def sources(group: Resource, graph: Graph) -> tuple[Resource, ...]:
    """The launch templates or the configuration that a group is known to launch from."""
    found = [it for path, kind in _PATHS for node in group.body.each(path) for it in graph.targets(node, kind)]
    return tuple(dict.fromkeys(found))


def type_names(group: Resource, graph: Graph) -> tuple[Node, ...]:
    """Where the types of its instances are written: the overrides, or else the template; empty when they are chosen by attributes."""
    overrides = group.at(f"{_MIXED}.override")
    if overrides.present:
        found = [item.at("instance_type") for item in overrides.each()]
        return tuple(node for node in found if node.unknown or node.present)
    return tuple(node for source in sources(group, graph) if (node := source.at("instance_type")).unknown or node.present)


def types(group: Resource, graph: Graph) -> tuple[InstanceType, ...] | None:
    """The types of its instances; None when one of them is not among the data, or none is written. Raises `Undecided`."""
    found = [instance_type(node.text or "") for node in type_names(group, graph)]
    known = tuple(it for it in found if it is not None)
    return known if known and len(known) == len(found) else None


def starts_windows(group: Resource, graph: Graph) -> bool:
    """Whether something says that the instances run Windows: the script, or the name of the image that is looked up."""
    return any(_is_windows(source, graph) for source in sources(group, graph))


def monitored_coarsely(group: Resource, graph: Graph) -> Resource | None:
    """The template or configuration that gives the instances of a group basic monitoring, a value every 300 s; None where none is known to.

    A template has basic monitoring unless it says otherwise, a launch configuration has detailed. Raises `Undecided`.
    """
    for source in sources(group, graph):
        classic = source.kind == CONFIGURATION
        node = source.at("enable_monitoring" if classic else "monitoring.enabled")
        if (node.flag is False) if classic else (node.missing or not node.flag):
            return source
    return None


def start(group: Resource, graph: Graph, linux: float, windows: float, *, measured: bool = True) -> Start:
    """How long an instance of a group takes until it works: the warm-up that is written, or else what such systems take.

    Unless `measured`, the warm-up is not believed: for questions about itself. Raises `Undecided`.
    """
    written = group.at("default_instance_warmup")
    if measured and written.number:
        return Start(written.number, "default_instance_warmup", written)
    if starts_windows(group, graph):
        return Start(windows, "assumed for Windows", None)
    return Start(linux, "assumed for Linux", None)


def _is_windows(source: Resource, graph: Graph) -> bool:
    image = source.at("image_id")
    names = [image]
    for looked_up in graph.targets(image, "data.aws_ami", "data.aws_ssm_parameter", "aws_ami"):
        names += [looked_up.at("name"), *looked_up.each("filter.values"), looked_up.at("platform")]
    if any(isinstance(name.data, str) and _WINDOWS.search(name.data) for name in names):
        return True
    return any(not script.where.unknown and _POWERSHELL.search(script.text) for script in scripts(source, graph))
