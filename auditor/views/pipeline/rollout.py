"""Whether a pipeline finds out that what it deployed works."""

from __future__ import annotations

from posixpath import normpath
from typing import Final

from auditor.model.graph import Graph
from auditor.model.resource import Resource
from auditor.views.kubernetes.workload import KINDS
from auditor.views.pipeline.deployment import Deployment
from auditor.views.pipeline.model import Job, Step
from auditor.views.pipeline.shell import calls
from auditor.views.shell.invocation import Invocation

_WAITING: Final = (
    ("kubectl", ("rollout", "status")),
    ("kubectl", ("wait",)),
    ("oc", ("rollout", "status")),
    ("oc", ("wait",)),
    ("argocd", ("app", "wait")),
    ("helm", ("test",)),
    ("helm", ("status",)),
    ("kubectl", ("get", "pods")),
    ("aws", ("ecs", "wait")),
    ("aws", ("cloudformation", "wait")),
    ("aws", ("deploy", "wait")),
    ("aws", ("lambda", "wait")),
    ("flux", ("get",)),
    ("kubectl", ("argo", "rollouts", "status")),
)
_TESTERS: Final = frozenset(
    {"curl", "wget", "http", "k6", "newman", "grpcurl", "playwright", "cypress", "pytest", "artillery", "httpie", "bats"}
)
_TEST_WORDS: Final = ("smoke", "verify", "health", "e2e", "integration", "acceptance", "wait-for", "wait_for")


def starts_pods(call: Invocation, resource: Resource, graph: Graph) -> bool:
    """Whether a command of kubectl makes pods start: what it applies holds a workload, or that cannot be seen."""
    words = [*call.subcommand, *(word.text for word in call.operands)]
    verb = words[0] if words else ""
    if verb in ("delete", "annotate", "label") or (verb in ("create", "patch") and len(words) > 1 and _kind(words[1]) not in _WORKLOADS):
        return False
    if verb in ("set", "rollout", "scale"):
        return not (verb == "rollout" and words[1:2] in (["status"], ["history"], ["pause"]))
    files = call.values("-f", "--filename", "-k", "--kustomize")
    if verb not in ("apply", "replace", "create", "run") or any(word.literal is None for word in files):
        return verb == "run"
    applied = [found for word in files for found in _objects(str(word.literal), resource, graph)]
    return not applied or any(found.kind in KINDS for found in applied)


_WORKLOADS: Final = frozenset({"deployment", "deploy", "statefulset", "sts", "daemonset", "ds", "job", "cronjob", "pod"})


def _kind(word: str) -> str:
    return word.partition("/")[0].removesuffix("s").lower()


def _objects(path: str, resource: Resource, graph: Graph) -> list[Resource]:
    """The objects of a file, or of the files below a folder, as far as they are known."""
    prefix = "" if resource.root == "." else f"{resource.root}/"
    wanted = normpath(prefix + path)
    every = (*graph.resources, *graph.context)
    return [it for it in every if it.address.scheme == "k8s" and (it.span.file == wanted or it.span.file.startswith(f"{wanted}/"))]


def verified(deployment: Deployment) -> bool:
    """Whether something after a deployment looks at it: a command that waits, a test, or a job that comes after and does so."""
    job = deployment.step.job
    if any(_waits(call) for call in _later(deployment)) or any(_is_test(step) for step in deployment.step.after):
        return True
    return any(job in other.upstream and _looks(other) for other in job.pipeline.jobs)


def _later(deployment: Deployment) -> list[Invocation]:
    mine = deployment.invocation
    after = [call for step in deployment.step.after for call in calls(step)]
    return [call for call in calls(deployment.step) if mine is None or call.start > mine.start] + after


def _looks(job: Job) -> bool:
    if any(word in job.key.lower() for word in _TEST_WORDS):
        return True
    return any(_is_test(step) or any(map(_waits, calls(step))) for step in job.steps)


def _waits(call: Invocation) -> bool:
    spoken = (*call.subcommand, *(word.text for word in call.operands))
    return call.tool in _TESTERS or any(call.tool == tool and spoken[: len(words)] == words for tool, words in _WAITING)


def _is_test(step: Step) -> bool:
    texts = [step.name.data, step.uses.name if step.uses else "", *(node.data for node in (step.script.texts if step.script else ()))]
    return any(isinstance(text, str) and any(word in text.lower() for word in _TEST_WORDS) for text in texts)
