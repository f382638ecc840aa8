"""Find and read `auditor.yaml`."""

from __future__ import annotations

from pathlib import Path

from auditor.app.tree import Tree
from auditor.model.config import Config
from auditor.model.error import ConfigError

NAME = "auditor.yaml"
MAX_BYTES = 1_000_000


def find(tree: Tree) -> Path | None:
    """The nearest `auditor.yaml` from the tree upwards to the root of its repository."""
    top = tree.repository or tree.folder
    for folder in (tree.folder, *tree.folder.parents):
        if (folder / NAME).is_file():
            return folder / NAME
        if folder == top:
            return None
    return None


def read(path: Path, name: str = NAME) -> Config:
    """The configuration of a file; `name` is how messages call it. Raises `ConfigError` with the line."""
    try:
        text = path.read_bytes()[:MAX_BYTES].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"cannot be read: {error}", place=name) from None
    return parse(text, name)


def parse(text: str, name: str = NAME) -> Config:
    """The configuration that a text spells. Raises `ConfigError` with the line."""
    from auditor.app import config_text  # YAML and its schema cost time that runs without a configuration need not spend

    return config_text.parse(text, name)
