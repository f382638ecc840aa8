"""What lies in the folder in which a step runs: the repository, something else, or what earlier steps made."""

from __future__ import annotations

from auditor.views.pipeline.model import Job, Platform, Step, given
from auditor.views.pipeline.reading import field, several
from auditor.views.pipeline.shell import calls, commands
from auditor.views.shell.environment_file import writes
from auditor.views.shell.invocation import Invocation

_WORDS = """
    echo printf cat ls cd pwd test [ [[ set export env true false exit grep sleep date kubectl which command jq id whoami uname chmod
    chown sudo if : oc pip pip3 helmfile argocd flux read local head tail wc sort mkdir trap
"""
_READERS = frozenset(_WORDS.split())
"""Programs that leave no new files behind that a later path could name."""
_QUIET = {
    "helm": ("repo", "upgrade", "install", "lint", "list", "rollback", "uninstall", "registry", "version", "dependency"),
    "aws": ("eks", "ecr", "sts", "ecs", "configure", "lambda", "cloudformation"),
    "gcloud": ("auth", "config", "container", "components"),
    "az": ("login", "aks", "acr", "account"),
    "git": ("config", "fetch", "status", "log", "rev-parse", "diff"),
    "docker": ("login", "logout", "push", "pull", "tag", "build", "info", "version"),
    "terraform": ("init", "validate", "fmt", "plan", "version", "workspace"),
    "tofu": ("init", "validate", "fmt", "plan", "version", "workspace"),
    "apt-get": ("update", "install"),
    "apk": ("add", "update"),
}
"""Programs whose subcommands named here do so neither."""


def may_hold(step: Step, path: str, before: int = -1) -> bool:
    """Whether the path may be there when the step runs although the repository does not have it: another checkout, or something made it.

    `before` is the offset in the step's script of what names the path; what the script runs before that may make it, too.
    """
    first = path.removeprefix("./").split("/")[0]
    platform = step.job.pipeline.platform
    if platform is Platform.GITHUB and any(it.calls("actions/checkout") and _is_other(it) for it in step.job.steps):
        return True
    earlier = list(step.before)
    if platform is Platform.JENKINS:  # stages share the folder
        earlier += [it for job in step.job.upstream for it in job.steps]
    if _names(step, first) or _handed_over(step.job, first) or any(_may_make(it, first) for it in earlier):
        return True
    return any(call.start < before and not _leaves_nothing(call) for call in calls(step))


def _may_make(step: Step, first: str) -> bool:
    """Whether a step may leave a file or folder of that name behind."""
    if step.uses is not None and step.script is None and not _harmless(step):
        return True
    return step.script is not None and (_names(step, first) or any(not _leaves_nothing(call) for call in calls(step)))


def _leaves_nothing(call: Invocation) -> bool:
    if call.tool in _QUIET:
        return call.subcommand[:1] == () or call.subcommand[0] in _QUIET[call.tool]
    return call.tool in _READERS


def _handed_over(job: Job, first: str) -> bool:
    """Whether jobs before it may hand over files of that name (GitLab, Bitbucket)."""
    if job.pipeline.platform not in (Platform.GITLAB, Platform.BITBUCKET):
        return False
    for other in job.upstream or job.pipeline.jobs:
        artifacts = other.where.at("artifacts")
        paths = several(artifacts) if job.pipeline.platform is Platform.BITBUCKET else []
        paths = paths or several(field(artifacts, "paths"))
        heads = [(it.text or "").removeprefix("./").split("/")[0] for it in paths]
        if artifacts.unknown or any(head == first or "*" in head or "$" in head for head in heads):
            return True
    return bool(job.pipeline.doubts)


def _names(step: Step, first: str) -> bool:
    """Whether the script itself writes there, or makes a folder there."""
    made = commands(step)
    if made is None:
        return False
    if any(write.path and write.path.removeprefix("./").startswith(first) for write in writes(made.tree)):
        return True
    return any(call.tool in ("mkdir", "git") and first in " ".join(word.text for word in call.words) for call in made.invocations)


def _is_other(step: Step) -> bool:
    inputs = step.uses.inputs if step.uses else step.where
    return given(field(inputs, "repository")) or given(field(inputs, "path"))


def _harmless(step: Step) -> bool:
    """Whether an action leaves the folder as it is: a checkout, or something that only sets up tools or logs in."""
    if step.uses is None or step.calls("actions/checkout", "checkout"):
        return True
    name = step.uses.name.lower()
    return not step.uses.local and any(word in name for word in ("setup-", "login", "credentials", "configure-", "auth"))
