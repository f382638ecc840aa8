"""What the pipelines of a repository work on: Dockerfiles that they build, manifests that they deploy, roles that they log in with.

A file belongs to it when a pipeline names it, or a folder that holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from posixpath import basename, dirname

from auditor.loaders import Loading, Settings, Unit
from auditor.loaders.files import Files, Unreadable
from auditor.model.resource import Resource

MAX_BYTES = 3_000_000
"""How much is read for it at most: pipelines that name more are judged without the rest."""

_BUILDS = re.compile(r"\bdocker\b|\bbuildah\b|\bkaniko\b|build-push-action|\bpodman\b|Docker@|az acr build|nerdctl|dockerfile", re.I)
_DEPLOYS = re.compile(r"\bkubectl\b|\bhelm\b|\bkustomize\b|k8s-deploy|KubernetesManifest@|HelmDeploy@|helmfile|skaffold", re.I)
_APPLIES = re.compile(r"\b(?:terraform|tofu)\b[^\n]*\bapply\b")
_MANIFESTS = (".yaml", ".yml", ".json")
_DOCKER = re.compile(r"dockerfile|containerfile", re.I)
_WORD = re.compile(r"[\w./-]+")


def load(files: Files, repository: str, texts: Mapping[str, str], settings: Settings) -> tuple[Resource, ...]:
    """The resources; none where no pipeline builds or deploys."""
    from auditor.loaders import dockerfile, kubernetes, terraform

    prefix = "" if repository == "." else f"{repository}/"
    code = [path for path in files.paths if path.endswith(".tf")]
    if not code and not any((path not in texts and path.endswith(_MANIFESTS)) or _DOCKER.search(path) for path in files.paths):
        return ()
    text = "\n".join(texts.values())
    named = frozenset(word.removeprefix("./").strip("/") for word in _WORD.findall(text))
    found: list[Loading] = []
    if _BUILDS.search(text):
        found += _loaded(dockerfile.units(files, settings), prefix, None)
    if _DEPLOYS.search(text):
        found += _loaded(kubernetes.units(files, settings), prefix, named)
    if code and "role-to-assume" in text and any(_trusts_github(files, path) for path in code):
        found += _loaded(terraform.units(files, settings), prefix, None)
    elif code and _APPLIES.search(text):
        top = {path for path in code if dirname(path) == prefix.rstrip("/")}
        found += _loaded(terraform.units(files, settings), prefix, named | {basename(path) for path in top})
    return tuple(resource for loading in found for resource in loading.resources)


def _trusts_github(files: Files, path: str) -> bool:
    """Whether Terraform's code in a file names the issuer of GitHub's tokens."""
    try:
        return b"token.actions.githubusercontent.com" in files.read_bytes(path)
    except Unreadable:
        return False


def _loaded(units: Iterable[Unit], prefix: str, named: frozenset[str] | None) -> list[Loading]:
    found = []
    total = 0
    for unit in units:
        files = [path for path in unit.files if path.startswith(prefix)]
        if not files or (named is not None and not any(_is_named(path[len(prefix) :], named) for path in files)):
            continue
        total += unit.weight
        if total > MAX_BYTES:
            break
        found.append(unit.load())
    return found


def _is_named(path: str, named: frozenset[str]) -> bool:
    if path in named or basename(path) in named:
        return True
    folder = dirname(path)
    while folder:
        if folder in named:
            return True
        folder = dirname(folder)
    return False
