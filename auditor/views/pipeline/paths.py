"""Files and folders of the repository that the commands of a step name: manifests, charts, values, playbooks, scripts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import join, normpath
from typing import Final

from auditor.model.node import Node
from auditor.views.pipeline.model import NONE, Platform, Step, given
from auditor.views.pipeline.reading import field, is_open, items, text
from auditor.views.pipeline.shell import Commands, calls, commands
from auditor.views.shell.invocation import Invocation
from auditor.views.shell.tree import Word

_ONE_SHELL: Final = frozenset({Platform.CODEBUILD, Platform.BITBUCKET})
"""Where a folder that one step changes to is still the folder of the next."""
_ELSEWHERE: Final = frozenset({Platform.ARGO, Platform.TEKTON})
"""Where nothing says what lies in the folder that a step runs in."""
_OPTIONS: Final[dict[tuple[str, ...], tuple[tuple[str, ...], str]]] = {
    **dict.fromkeys(
        [(tool, verb) for tool in ("kubectl", "oc") for verb in ("apply", "create", "replace", "delete", "diff")],
        (("-f", "--filename", "-k", "--kustomize"), "manifest"),
    ),
    **dict.fromkeys([("helm", verb) for verb in ("upgrade", "install", "template", "lint")], (("-f", "--values"), "values file")),
    ("helmfile",): (("-f", "--file"), "helmfile"),
    ("docker", "compose"): (("-f", "--file"), "compose file"),
    ("docker", "stack"): (("-c", "--compose-file"), "compose file"),
    ("terraform",): (("-var-file", "-chdir"), "file or folder"),
    ("tofu",): (("-var-file", "-chdir"), "file or folder"),
    ("ansible-playbook",): (("-i", "--inventory"), "inventory"),
    ("sam", "deploy"): (("-t", "--template", "--template-file"), "template"),
    ("pip", "install"): (("-r", "--requirement"), "requirements file"),
    ("pip3", "install"): (("-r", "--requirement"), "requirements file"),
}
"""Command -> (options whose values are paths, what they name)."""
_INPUTS: Final = {
    "actions/upload-pages-artifact": ("path", "folder"),
    "peaceiris/actions-gh-pages": ("publish_dir", "folder"),
    "jamesives/github-pages-deploy-action": ("folder", "folder"),
    "azure/webapps-deploy": ("package", "package"),
    "azure/arm-deploy": ("template", "template"),
    "azure/k8s-deploy": ("manifests", "manifest"),
    "aws-actions/amazon-ecs-render-task-definition": ("task-definition", "task definition"),
    "kubernetesmanifest": ("manifests", "manifest"),
    "helmdeploy": ("chartPath", "chart"),
}
"""Actions and tasks -> (the input that is a path, what it names)."""
_PATH: Final = re.compile(r"[\w.@+-]+(?:/[\w.@+-]+)*/?\Z|\./?[\w./@+-]*\Z")


@dataclass(frozen=True, slots=True, eq=False)
class Named:
    """A path that a command names. `path` counts from the repository's root, `start` is the command's offset in its script."""

    step: Step
    where: Node
    path: str
    what: str
    start: int


def named(step: Step) -> Iterator[Named]:
    """The paths of deployments and installations, as far as they are written."""
    made = commands(step)
    for call in made.invocations if made else ():
        folder = base(step, call.command.state.directory) if call.shift >= 0 else None
        if made and folder is not None:
            yield from _of_call(step, made, call, folder)
    name, what = _INPUTS.get(step.uses.name.lower(), ("", "")) if step.uses else ("", "")
    where = field(step.uses.inputs, name) if step.uses and name else NONE
    if _PATH.match(text(where)) and not normpath(text(where)).startswith(".."):
        yield Named(step, where, normpath(text(where)), what, -1)


def base(step: Step, directory: str | None) -> str | None:
    """The folder, counted from the repository's root, in which a command of a step runs; None where it is not known."""
    platform = step.job.pipeline.platform
    if platform in _ELSEWHERE or (platform is Platform.JENKINS and _changes_folder(step.job.where)):
        return None
    if platform in _ONE_SHELL and any(call.tool in ("cd", "pushd", "popd") for it in step.before for call in calls(it)):
        return None
    written = step.script.directory if step.script else NONE
    start = text(written) if given(written) else "."
    if directory is None or directory.startswith(("$", "/", "~")) or start.startswith(("/", "~")):
        return None
    if is_open(start):
        return None
    return normpath(join(start, directory))


def inside(folder: str | None, word: Word | None) -> str | None:
    """The path that a word names, seen from a folder; None when it is no path of the repository for certain."""
    literal = word.literal if word else None
    if folder is None or literal is None or "://" in literal or literal.startswith(("/", "~", "git@", "-")):
        return None
    path = normpath(join(folder, literal))
    return None if path.startswith("..") else path


def scripts(step: Step) -> Iterator[Named]:
    """The scripts of the repository that a step starts."""
    made = commands(step)
    for call in made.invocations if made else ():
        folder = base(step, call.command.state.directory) if call.shift >= 0 else None
        word = _script(call)
        if made and word is not None and (path := inside(folder, word)) is not None:
            yield Named(step, made.at(word.start + call.shift, word.end + call.shift), path, "script", call.start)


def _script(call: Invocation) -> Word | None:
    first = call.words[0] if call.words else None
    if first is not None and (first.literal or "").startswith(("./", "../")):
        return first
    if call.tool not in ("bash", "sh", "python", "python3", "node", "ruby", "pwsh", "source", "."):
        return None
    arguments = call.words[1:2]
    wanted = (".sh", ".bash", ".py", ".js", ".mjs", ".cjs", ".rb", ".ps1")
    return next((word for word in arguments if _PATH.match(word.literal or "") and word.text.endswith(wanted)), None)


def _of_call(step: Step, made: Commands, call: Invocation, folder: str) -> Iterator[Named]:
    tool = "terraform" if call.tool == "tofu" else call.tool
    names, what = _OPTIONS.get((call.tool, *call.subcommand[:1]), _OPTIONS.get((call.tool,), ((), "")))
    chdir = call.value("-chdir") if tool == "terraform" else None
    for option in call.options:
        word = option.value
        if option.name not in names or word is None or not _is_path(option.name, word.literal or ""):
            continue
        start = inside(folder, chdir) if chdir is not None and option.name != "-chdir" else folder
        path = inside(start, word)
        if path is not None:
            yield Named(step, made.at(word.start + call.shift, word.end + call.shift), path, what, call.start)
    for word, kind in _operands(call):
        path = inside(folder, word)
        if path is not None and _PATH.match(word.literal or ""):
            yield Named(step, made.at(word.start + call.shift, word.end + call.shift), path, kind, call.start)


def _is_path(option: str, literal: str) -> bool:
    if option in ("-i", "--inventory") and "/" not in literal and not literal.endswith((".ini", ".yml", ".yaml")):
        return False
    return _PATH.match(literal) is not None


def _operands(call: Invocation) -> Iterator[tuple[Word, str]]:
    """The charts, playbooks and folders that stand without an option."""
    if call.tool == "helm" and call.subcommand[:1] in (("upgrade",), ("install",), ("template",)) and not call.has("--repo"):
        charts = call.operands[-1:] if len(call.operands) > 1 or call.has("--generate-name") else ()
        yield from ((word, "chart") for word in charts if word.text.startswith(("./", "../")) or word.text.count("/") > 1)
    elif call.tool == "ansible-playbook":
        yield from ((word, "playbook") for word in call.operands if word.text.endswith((".yml", ".yaml")))
    elif (call.is_("aws", "s3", "sync") or (call.is_("aws", "s3", "cp") and call.has("--recursive"))) and len(call.operands) > 1:
        yield from ((word, "folder") for word in call.operands[-2:-1] if "/" in call.operands[-1].text)
    elif call.tool == "kustomize" and call.subcommand[:1] == ("build",):
        yield from ((word, "folder") for word in call.operands[:1])


def _changes_folder(block: Node) -> bool:
    """Whether steps of a Jenkins stage run in another folder: `dir('web') { ... }`."""
    return any(text(field(it, "name")) in ("dir", "ws") or _changes_folder(it) for it in items(field(block, "body")))
