"""Texts of others that become part of a script, on platforms whose engine pastes them in; and variables that a script runs as code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.model.written import Written
from auditor.views.github.mentions import mentions
from auditor.views.github.taint import Origin, origin_of
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Platform, Step, given
from auditor.views.pipeline.once import once
from auditor.views.pipeline.reading import entries, field, items, text
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation
from auditor.views.shell.tree import PartKind, Word

_PASTED: Final = {
    Platform.GITLAB: r"\$\[\[\s*(inputs\.[\w-]+)[^\]]*\]\]",
    Platform.AZURE: r"\$\{\{\s*(parameters\.\w+)\s*\}\}|\$\(([A-Za-z]\w*(?:\.\w+)+)\)",
    Platform.CIRCLECI: r"<<\s*(pipeline\.[\w.]+)\s*>>",
    Platform.JENKINS: r"\$\{?((?:env\.|params\.)?[A-Za-z_]\w*(?:\.trim\(\))?)\}?",
    Platform.ARGO: r"\{\{=?\s*((?:inputs|workflow)\.parameters\.[\w-]+)\s*\}\}",
    Platform.TEKTON: r"\$\((params\.[\w-]+|params\[[^\]]*\])\)|\{\{\s*([\w.]+)\s*\}\}",
}
_PATTERNS: Final = {platform: re.compile(pattern) for platform, pattern in _PASTED.items()}
_FREE_NAMES: Final = frozenset(
    {
        *("build.sourceversionmessage", "build.sourcebranchname", "build.sourcebranch", "build.requestedfor"),
        *("system.pullrequest.sourcebranch", "system.pullrequest.sourcebranchname"),
        *("pipeline.git.branch", "pipeline.git.tag", "pipeline.git.commit.subject", "pipeline.git.commit.body"),
        *("branch_name", "change_branch", "change_title", "change_author_display_name", "git_branch", "tag_name", "ghprbpulltitle"),
        *("ghprbsourcebranch", "ghprbcommentbody", "gitlabsourcebranch", "gitlabmergerequesttitle", "gitlabmergerequestdescription"),
        *("body.pull_request.title", "body.pull_request.body", "body.pull_request.user.email", "source_branch", "trigger_comment"),
        *("body.head_commit.message", "body.pull_request.head.ref", "body.comment.body"),
    }
)
"""Names of titles, bodies, branches and messages, in lower case."""
_FREE_VARIABLES: Final = {
    Platform.GITHUB: ("GITHUB_HEAD_REF", "GITHUB_REF_NAME"),
    Platform.GITLAB: (
        *("CI_COMMIT_MESSAGE", "CI_COMMIT_TITLE", "CI_COMMIT_DESCRIPTION", "CI_COMMIT_REF_NAME", "CI_COMMIT_BRANCH", "CI_COMMIT_AUTHOR"),
        *("CI_MERGE_REQUEST_TITLE", "CI_MERGE_REQUEST_DESCRIPTION", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_TAG_MESSAGE"),
    ),
    Platform.CIRCLECI: ("CIRCLE_BRANCH", "CIRCLE_TAG"),
    Platform.BITBUCKET: ("BITBUCKET_BRANCH", "BITBUCKET_TAG"),
    Platform.AZURE: ("BUILD_SOURCEVERSIONMESSAGE", "BUILD_SOURCEBRANCHNAME", "SYSTEM_PULLREQUEST_SOURCEBRANCH"),
    Platform.JENKINS: ("CHANGE_TITLE", "CHANGE_BRANCH", "BRANCH_NAME", "GIT_BRANCH"),
    Platform.CODEBUILD: ("CODEBUILD_WEBHOOK_HEAD_REF", "CODEBUILD_WEBHOOK_TRIGGER"),
}


@dataclass(frozen=True, slots=True, eq=False)
class Pasted:
    """One name whose text the engine puts into a script. `free`: titles, branches, messages, which the code's author does not choose."""

    where: Node
    name: str
    free: bool


@once
def pasted(resource: Resource, graph: Graph) -> Iterator[Pasted]:
    """A place function: what engines other than GitHub's paste into scripts."""
    for step in steps(resource, graph):
        pattern = _PATTERNS.get(step.job.pipeline.platform)
        for node in step.script.texts if step.script and pattern else ():
            if isinstance(node.data, str) and pattern:
                yield from _in_text(node, node.data, pattern, step)


def _in_text(node: Node, script: str, pattern: re.Pattern[str], step: Step) -> Iterator[Pasted]:
    platform = step.job.pipeline.platform
    if platform is Platform.JENKINS and not interpolated(node):
        return
    for found in pattern.finditer(script):
        name = next(group for group in found.groups() if group)
        free = "expand_vars" in found[0] or name.lower().removeprefix("env.") in _FREE_NAMES or ".trigger_parameters." in name
        if free or _chosen(name, platform, step):
            yield Pasted(node.part(*found.span()), name, free)


def interpolated(node: Node) -> bool:
    """Whether Groovy replaces variables in a text: not between single quotes, where the shell reads them itself."""
    return isinstance(node.value_, Written) and not node.value_.style.startswith("'")


def _chosen(name: str, platform: Platform, step: Step) -> bool:
    """Whether the name stands for a parameter that whoever starts the pipeline fills with any text."""
    body = step.job.pipeline.resource.body
    match platform:
        case Platform.AZURE:
            return name.startswith("parameters.") and any(
                text(field(item, "name")) == name[11:] and text(field(item, "type")) in ("", "string") and not given(field(item, "values"))
                for item in items(body.at("parameters"))
            )
        case Platform.CIRCLECI:
            declared = field(body.at("parameters"), name.removeprefix("pipeline.parameters."))
            return name.startswith("pipeline.parameters.") and text(field(declared, "type")) == "string"
        case Platform.JENKINS:
            return name.startswith("params.")
        case Platform.TEKTON:
            return name.startswith("params")
        case _:
            return True


@dataclass(frozen=True, slots=True, eq=False)
class Evaluated:
    """A variable that a script hands to `eval` or a shell as code."""

    where: Node
    name: str


@once
def evaluated(resource: Resource, graph: Graph) -> Iterator[Evaluated]:
    """A place function: variables with texts from outside that a script runs as code."""
    for step in steps(resource, graph):
        made = commands(step)
        free = _free_variables(step) if made else frozenset()
        for call in made.invocations if made else ():
            if made and call.shift >= 0:
                for word in _code(call):
                    for part in word.walk():
                        if part.kind is PartKind.VARIABLE and part.name.upper() in free:
                            yield Evaluated(made.at(part.start + call.shift, part.end + call.shift), part.name)


def _code(call: Invocation) -> tuple[Word, ...]:
    if call.tool in ("eval", "iex", "invoke-expression"):
        return call.words[1:]
    if call.tool in ("bash", "sh", "zsh", "dash", "python", "python3", "node", "perl", "ruby"):
        flags = ("-c", "-ec", "-lc", "-exc") if call.tool.startswith(("py", "ba", "s", "z", "d")) else ("-e",)
        places = [index for index, word in enumerate(call.words) if word.text in flags]
        return call.words[places[0] + 1 : places[0] + 2] if places else ()
    return ()


def _free_variables(step: Step) -> frozenset[str]:
    platform = step.job.pipeline.platform
    found = set(_FREE_VARIABLES.get(platform, ()))
    if platform is Platform.GITHUB:
        for table in (step.variables, step.job.variables, step.job.pipeline.variables):
            for name, value in entries(table):
                if any(origin_of(it.path, step) is Origin.OUTSIDE for it in mentions(value, flowing=True)):
                    found.add(name.upper())
    return frozenset(found)
