"""What the process environment tells: read here and handed on."""

from __future__ import annotations

import os
from collections.abc import Mapping


def terraform() -> Mapping[str, str]:
    """The variables that Terraform itself would read: input variables and the workspace."""
    return {name: value for name, value in sorted(os.environ.items()) if name.startswith("TF_VAR_") or name == "TF_WORKSPACE"}


def in_ci() -> bool:
    """Whether this runs on a build server: every one of them sets `CI`."""
    return os.environ.get("CI", "").lower() not in ("", "0", "false")
