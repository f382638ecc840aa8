"""The real terraform, where it is installed."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

TERRAFORM = shutil.which("terraform")


def environment(folder: Path) -> dict[str, str]:
    """An environment without anybody's settings: nothing is fetched, nothing is remembered outside `folder`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    own = {"TF_CLI_CONFIG_FILE": os.devnull, "CHECKPOINT_DISABLE": "1", "TF_IN_AUTOMATION": "1", "TF_DATA_DIR": str(folder / ".terraform")}
    return {**kept, **own}
