"""The build hook of the wheel: writes the index of the rules that goes into it."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # not subscriptable at run time in every release
    """Adds `auditor/_rules/_index.json`, which says that no file beside it will change."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the index into the build folder and have it packed; an editable installation needs none."""
        if version == "editable" or self.target_name != "wheel":
            return
        root = Path(self.root)
        sys.path.insert(0, str(root))
        from auditor.engine import rule_index, rulebook

        rules = root / "rules"
        (rules / rule_index.FILE).unlink(missing_ok=True)
        target = root / "build" / rule_index.FILE
        target.parent.mkdir(exist_ok=True)
        rule_index.write(rules, rulebook.load(rules), packaged=True, to=target)
        build_data["force_include"][str(target)] = f"auditor/_rules/{rule_index.FILE}"
