"""What the first word of a reference stands for: `var`, `local`, `module`, `data`, `path`, `terraform`."""

from __future__ import annotations

from collections.abc import Callable
from posixpath import relpath
from typing import TYPE_CHECKING

from auditor.loaders.terraform.evaluate import walk
from auditor.loaders.terraform.values.types import EvaluationError, Typed
from auditor.model.value import Unknown

if TYPE_CHECKING:
    from auditor.loaders.terraform.instance import Instance


def _var(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    return walk(instance.variable(str(steps[0])), steps[1:])


def _local(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    return walk(instance.local(str(steps[0])), steps[1:])


def _module(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    return walk(instance.module_value(str(steps[0])), steps[1:])


def _data(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    if len(steps) < 2:
        raise EvaluationError("a data source is named by its type and its name")
    return instance.resource_value("data", str(steps[0]), str(steps[1]), steps[2:])


def _ephemeral(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    return Typed(Unknown("it is ephemeral", False), None, instance.module.resources.get(("ephemeral", str(steps[0]), str(steps[-1]))))  # type: ignore[arg-type]


def _path(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    folder, root = instance.module.folder, instance.tree.folder
    match steps[0]:
        case "module":
            return Typed(relpath(folder or ".", root or "."))
        case "root":
            return Typed(".")
        case "cwd":
            return Typed(Unknown("it depends on where terraform runs", False))
        case other:
            raise EvaluationError(f"there is no path.{other}")


def _terraform(instance: Instance, steps: tuple[str | int, ...]) -> Typed:
    match steps[0]:
        case "workspace":
            return Typed(instance.tree.workspace)
        case "applying":
            return Typed(Unknown("it differs between plan and apply", False))
        case other:
            raise EvaluationError(f"there is no terraform.{other}")


ROOTS: dict[str, Callable[[Instance, tuple[str | int, ...]], Typed]] = {
    "var": _var,
    "local": _local,
    "module": _module,
    "data": _data,
    "ephemeral": _ephemeral,
    "path": _path,
    "terraform": _terraform,
}
