"""Which release of a provider the code is written for, where a default depends on it."""

from __future__ import annotations

import re

from auditor.model.graph import Graph


def provider_major(graph: Graph, name: str = "aws") -> int | None:
    """The first number of the version that `required_providers` asks for; None when it does not say."""
    for settings in graph.of("terraform"):
        version = settings.at(f"required_providers.{name}.version")
        found = _FIRST.search(version.text or "") if not version.missing else None
        if found:
            return int(found[1])
    return None


_FIRST = re.compile(r"(?:^|[~>=\s])\s*(\d+)(?:\.|\s*$|\s*,)")
