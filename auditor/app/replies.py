"""The running facet from folders of raw replies: found in a tree, read as units like any other input."""

from __future__ import annotations

from functools import partial
from posixpath import dirname

from auditor.live.aws import specs
from auditor.live.collect import collect
from auditor.live.replies import Replies, folders
from auditor.loaders import Loading, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.loaders.terraform_schema import attribute_names
from auditor.model.running import Running

FORMAT = "aws-replies"


def units(files: Files) -> list[Unit]:
    """One unit for each folder that holds replies."""
    found = []
    for folder in folders(files.paths):
        inside = tuple(path for path in files.paths if dirname(path) == folder)
        found.append(Unit(FORMAT, folder or ".", inside, sum(map(files.size, inside)), partial(_load, files, folder)))
    return found


def running(files: Files, folder: str) -> Running:
    """What the replies in a folder show."""
    replies = Replies(folder, files.paths, partial(_text, files))
    return collect(replies, specs(), files=replies.files, names=attribute_names)


def _load(files: Files, folder: str) -> Loading:
    found = running(files, folder)
    return Loading(found.resources, files=found.files, refused=found.refused)


def _text(files: Files, path: str) -> str | None:
    try:
        return files.read(path)
    except Unreadable:
        return None
