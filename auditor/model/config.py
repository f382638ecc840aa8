"""What `auditor.yaml` says, as data; `app/config.py` reads it."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.model.rule import Profile, Severity
from auditor.model.span import NOWHERE, Span


@dataclass(frozen=True, slots=True)
class RuleSettings:
    """Which rules run and how. Names are ids or aliases, and may hold `*`.

    `paths` are folders of further rules, relative to the configuration file.
    """

    enable: tuple[str, ...] = ()
    disable: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = field(default_factory=dict)
    options: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    paths: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ignore:
    """One entry of `suppress`: findings of `rule` on the resources and in the files that match do not count.

    `resource` and `path` may hold `*`; `path` is relative to the configuration file's folder. `until` is the last day.
    """

    rule: str
    reason: str
    resource: str = "*"
    path: str = "*"
    until: datetime.date | None = None
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class TerraformSettings:
    """Inputs of root modules that the files do not hold. `var_files` are relative to the configuration file."""

    var_files: tuple[str, ...] = ()
    workspace: str | None = None
    variables: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class KubernetesSettings:
    """What manifests do not say of where they go. `values` are values files of charts, relative to the configuration file.

    `version` is the version of Kubernetes (`1.31`). `closed`: a bundle holds everything that there is where it is deployed.
    """

    version: str = ""
    closed: bool = False
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """The whole configuration; `file` is where it was read, empty for the defaults."""

    file: str = ""
    profile: Profile | None = None
    fail_on: Severity | None = None
    rules: RuleSettings = RuleSettings()
    suppress: tuple[Ignore, ...] = ()
    exclude: tuple[str, ...] = ()
    terraform: TerraformSettings = TerraformSettings()
    kubernetes: KubernetesSettings = KubernetesSettings()
    baseline: str | None = None
    lines: Mapping[tuple[str | int, ...], int] = field(default_factory=dict, repr=False)
    """The line of each entry, by its path."""

    def place(self, *path: str | int) -> str:
        """`file:line` of an entry, for messages."""
        return f"{self.file}:{self.lines.get(path, 1)}" if self.file else ""
