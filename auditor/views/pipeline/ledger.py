"""Which images a pipeline pushes, and which ones the manifests that it applies run."""

from __future__ import annotations

import re
from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.kubernetes.pod import containers
from auditor.views.pipeline.builds import Name
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.shell import calls
from auditor.views.shell.invocation import Invocation

_COMMIT = re.compile(
    r"github\.(?:sha|run_number|run_id)|\bsha\b|CI_COMMIT_(?:SHORT_)?SHA|CI_PIPELINE_I?ID|CIRCLE_SHA1|CIRCLE_BUILD_NUM|Build\.(?:BuildId|SourceVersion)|"
    r"BITBUCKET_COMMIT|BITBUCKET_BUILD_NUMBER|GIT_COMMIT|BUILD_NUMBER|CODEBUILD_RESOLVED_SOURCE_VERSION|GITHUB_SHA|GITHUB_RUN_NUMBER"
)
_EDITING = ("deploy", "kustomize", "yq", "replace", "render", "helm")
"""Words in the names of actions that may change what is deployed."""
_VALUES = (
    *("--set", "--set-string", "--set-file", "--set-json", "-f", "--values"),
    *("--reuse-values", "--reset-then-reuse-values", "--post-renderer"),
)
"""Options of helm that give a chart other values than its own."""
DEPLOYERS = frozenset({"kubectl", "oc", "helm"})
"""Tools that deploy what the manifests and charts of the repository say."""
_EDITORS = frozenset(
    {"sed", "yq", "envsubst", "helmfile", "kustomize", "perl", "jsonnet", "ytt", "argocd", "flux", "skaffold", "gomplate", "jq"}
)


def by_commit(tag: str) -> bool:
    """Whether a tag is another one for each commit or run."""
    return _COMMIT.search(tag) is not None


def overrides(pipeline: Pipeline) -> bool:
    """Whether something in the pipeline may put another tag into what is deployed: an editor of files, `kubectl set image`, an action."""
    for step in pipeline.steps:
        changing = step.uses is not None and any(word in step.uses.name.lower() for word in _EDITING)
        if changing and not step.calls("docker/build-push-action"):
            return True
        if any(map(_may_edit, calls(step))):
            return True
    return False


def _may_edit(call: Invocation) -> bool:
    """Whether a command may put another image into what is deployed: editors of files, scripts, `kubectl set`."""
    if call.tool in ("kubectl", "oc"):
        return bool(set(call.subcommand) & {"set", "patch", "kustomize", "run"})
    if call.tool == "helm":
        return call.has(*_VALUES)
    return not call.tool or call.tool in _EDITORS or "/" in call.words[0].text


def restarts(pipeline: Pipeline) -> bool:
    """Whether the pipeline restarts pods, or deletes them."""
    found = (call for step in pipeline.steps for call in calls(step) if call.tool in ("kubectl", "oc"))
    return any(
        call.subcommand[:2] in (("rollout", "restart"), ("rollout", "latest")) or call.subcommand[:1] in (("delete",), ("replace",))
        for call in found
    )


def deployed(graph: Graph, resource: Resource, repository: str) -> Iterator[tuple[Node, str]]:
    """(place, tag) of every container that runs an image of this repository, in the manifests that the pipeline names."""
    for other in (*graph.resources, *graph.context):
        if other.address.scheme != "k8s":
            continue
        for container in containers(other, graph):
            image = container.where.at("image")
            if isinstance(image.data, str):
                name = Name(image, image.data)
                if name.repository == repository and "@" not in image.data and "$" not in image.data and "{{" not in image.data:
                    yield image, name.tag
