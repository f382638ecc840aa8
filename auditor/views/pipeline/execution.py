"""Whether steps run what lies in the working directory: builds, tests, scripts and actions of the repository itself."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from operator import itemgetter
from typing import Final

from auditor.model.node import Node
from auditor.views.pipeline.model import Job, Step
from auditor.views.pipeline.reading import entries, text
from auditor.views.pipeline.shell import Commands, commands
from auditor.views.shell.invocation import Invocation

PULL: Final = re.compile(r"(?:refs/)?pull/")
"""The name of a pull request's ref."""
_BUILDERS: Final = frozenset(
    {
        *("npm", "npx", "yarn", "pnpm", "bun", "pip", "poetry", "pipenv", "uv", "tox", "nox", "pytest", "make", "cmake", "just", "task"),
        *("mvn", "mvnw", "gradle", "gradlew", "ant", "sbt", "go", "cargo", "dotnet", "msbuild", "bundle", "rake", "composer", "phpunit"),
        *(
            "pre-commit",
            "tofu",
            "terraform",
            "terragrunt",
            "docker",
            "docker-compose",
            "podman",
            "buildah",
            "bazel",
            "nx",
            "lerna",
            "turbo",
        ),
        *("mkdocs", "sphinx-build", "jekyll", "hugo", "eslint", "prettier", "golangci-lint", "goreleaser", "mix", "swift", "xcodebuild"),
        *(
            "lerna",
            "conda",
            "hatch",
            "pdm",
            "invoke",
            "fastlane",
            "pod",
            "ansible-playbook",
            "vale",
            "stylelint",
            "webpack",
            "vite",
            "tsc",
            "jest",
        ),
    }
)
"""Programs that run what the files of the working directory say."""
_QUIET: Final = {
    "docker": ("login", "logout", "push", "pull", "tag", "inspect", "image", "manifest"),
    "npm": ("--version", "view", "whoami"),
    "go": ("version", "env"),
    "pip": ("--version", "list", "freeze"),
    "cargo": ("--version",),
    "terraform": ("fmt", "version"),
    "composer": ("--version",),
}
_INTERPRETERS: Final = frozenset({"bash", "sh", "zsh", "python", "python3", "node", "ruby", "perl", "php", "pwsh", "deno", "source", "."})
_ACTIONS: Final = (
    "docker/build-push-action",
    "docker/bake-action",
    "pre-commit/action",
    "gradle/gradle-build-action",
    "cypress-io/github-action",
    "borales/actions-yarn",
    "bahmutov/npm-install",
    "goreleaser/goreleaser-action",
    "golangci/golangci-lint-action",
    "super-linter/super-linter",
    "github/super-linter",
    "oxsecurity/megalinter",
    "actions/jekyll-build-pages",
    "ruby/setup-ruby",
)


def runner(checkout: Step, folder: str) -> Node | None:
    """What runs something of the files that a step put into a folder (empty: the working directory); None where nothing is known to."""
    own = _runs(checkout, folder) if checkout.script else None
    later = _runners(checkout.job, folder)
    at = bisect_right(later, checkout.index, key=itemgetter(0))
    return own or (later[at][1] if at < len(later) else None)


def _runners(job: Job, folder: str) -> Sequence[tuple[int, Node]]:
    """(index, what runs) of the steps of a job that run something of a folder, in order."""
    known: dict[str, list[tuple[int, Node]]] = job.__dict__.setdefault("_runners", {})
    if folder not in known:
        found = ((step.index, _runs(step, folder)) for step in job.steps)
        known[folder] = [(index, node) for index, node in found if node is not None]
    return known[folder]


def _runs(step: Step, folder: str) -> Node | None:
    inside = folder.removeprefix("./").strip("/")
    if step.uses is not None:
        local = step.uses.local and not step.uses.name.startswith("$/") and (not inside or step.uses.name.startswith(f"./{inside}"))
        named = step.calls(*_ACTIONS) and (not inside or any(inside in text(value) for _, value in entries(step.uses.inputs)))
        return step.uses.where if local or named else None
    made = commands(step)
    for call in made.invocations if made else ():
        if made and _executes(call) and _is_inside(call, step, inside, made) and not fetches(call):
            return made.at(call.start, call.end)
    return None


def _executes(call: Invocation) -> bool:
    name = call.words[0].text if call.words else ""
    if call.tool in _BUILDERS:
        spoken = (*call.subcommand, *(word.text for word in call.words[1:2]))
        return not any(word in _QUIET.get(call.tool, ("--version", "-v", "version")) for word in spoken)
    if call.tool in _INTERPRETERS:
        first = next((word for word in call.words[1:] if not word.text.startswith("-")), None)
        literal = first.literal if first else None
        return (
            literal is not None
            and bool(re.search(r"\.(?:sh|bash|py|js|mjs|cjs|ts|rb|pl|php|ps1)$|/", literal))
            and literal[:1] not in "/~$"
        )
    return name.startswith(("./", "../")) or ("/" in name and name[:1] not in "/~$" and "://" not in name)


def _is_inside(call: Invocation, step: Step, folder: str, made: Commands) -> bool:
    if not folder:
        return True
    base = text(step.script.directory) if step.script else ""
    spoken = " ".join((base, call.command.state.directory or "", *(word.text for word in call.words)))
    return folder in spoken


def fetches(call: Invocation) -> bool:
    """Whether a command gets the code of a pull request."""
    if call.is_("gh", "pr", "checkout") or call.is_("hub", "pr", "checkout"):
        return True
    return call.is_("git", "fetch") and any(PULL.match(word.text.lstrip("+")) for word in call.operands)


def loads(download: Step, folder: str) -> Node | None:
    """What later runs something out of the folder; builders count only where it lies over the repository."""
    inside = folder.removeprefix("./").strip("/")
    for step in download.after if download.uses else (download, *download.after):
        made = commands(step)
        for call in made.invocations if made else ():
            name = call.words[0].text if call.words else ""
            runs = _executes(call) and (call.tool in _INTERPRETERS or "/" in name or not inside)
            if made and runs and _is_inside(call, step, inside, made):
                return made.at(call.start, call.end)
    return None
