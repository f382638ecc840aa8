"""A job does what its token has no permission for.

## Why it matters
As soon as a workflow or job writes `permissions`, everything that is not named is taken away. The step that pushes, releases or comments
then fails with *403: Resource not accessible by integration*, mostly after the slow part of the job is done.

## Five whys
1. Why did the release fail after the build? The last step was refused.
2. Why? The job's token may not do that.
3. Why not? `permissions` names other scopes, and what it does not name is `none`.
4. Why was it written so? The permissions were restricted once, and the step came later.

## Fix now
Add the scope to the job's `permissions` and run the failed job again.

## Workaround
Give the step a token of its own that may do it (an app's token), never more permissions for the whole workflow.

## Prevent
Keep `permissions` in the job, next to the steps that need them.

## Validate
The run's *Set up job* lists the permissions of the token; the scope is there with `write`.

## Bad
```github
on:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: me, password: '${{ secrets.GITHUB_TOKEN }}'}
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: ghcr.io/shop/web:${{ github.sha }} # finding
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: softprops/action-gh-release@v2 # finding
      - run: gh pr comment 1 --body done # finding
        env:
          GH_TOKEN: ${{ github.token }}
  pages:
    permissions: {pages: write}
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/deploy-pages@v4 # finding
```

## Good
```github
on:
  push:
    branches: [main]
permissions:
  contents: read
jobs:
  image:
    permissions: {packages: write}
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: me, password: '${{ secrets.GITHUB_TOKEN }}'}
      - run: docker push ghcr.io/shop/web:1
  own:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/login-action@v3
        with: {registry: ghcr.io, username: me, password: '${{ secrets.PACKAGES_TOKEN }}'}
      - run: docker push ghcr.io/shop/web:1
      - uses: softprops/action-gh-release@v2
        with: {token: '${{ secrets.RELEASE_TOKEN }}'}
```

Where nothing is written, the repository's settings decide:

```github
on: push
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: softprops/action-gh-release@v2
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.model import Job, Step, given
from auditor.views.pipeline.reading import entries, field, text
from auditor.views.pipeline.shell import commands

_ACTIONS = {
    "softprops/action-gh-release": ("contents",),
    "ncipollo/release-action": ("contents",),
    "actions/create-release": ("contents",),
    "stefanzweifel/git-auto-commit-action": ("contents",),
    "jamesives/github-pages-deploy-action": ("contents",),
    "peaceiris/actions-gh-pages": ("contents",),
    "peter-evans/create-pull-request": ("contents", "pull-requests"),
    "googleapis/release-please-action": ("contents", "pull-requests"),
    "actions/deploy-pages": ("pages", "id-token"),
    "actions/attest-build-provenance": ("id-token", "attestations"),
    "github/codeql-action/upload-sarif": ("security-events",),
    "actions/labeler": ("pull-requests",),
    "actions/first-interaction": (),
}
"""Actions -> the scopes that they write with the default token (documentation of the actions, 2026-11)."""
_TOKENS = (
    "token",
    "github-token",
    "github_token",
    "repo-token",
    "ssh-key",
    "deploy_key",
    "personal_token",
    "repo_token",
    "external_repository",
)
_COMMANDS = {
    "release create": ("contents",),
    "release upload": ("contents",),
    "pr comment": ("pull-requests", "issues"),
    "pr create": ("pull-requests",),
    "pr merge": ("contents", "pull-requests"),
    "issue create": ("issues",),
    "issue comment": ("issues", "pull-requests"),
    "workflow run": ("actions",),
}
"""Commands of gh -> scopes of which one is enough."""


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[
        r"Resource not accessible by integration",
        r"denied: permission_denied: write_package",
        r"denied: installation not allowed to",
    ],
)
def check(job: Job) -> Iterator[Fail]:
    permissions = job.permissions if given(job.permissions) else job.pipeline.permissions
    if job.pipeline.only_called or not given(permissions) or permissions.value == "write-all" or permissions.unknown:
        return
    granted = {name for name, level in entries(permissions) if level.value == "write"}
    for step in job.steps:
        for where, scopes, all_of in _needed(step):
            lacking = [it for it in scopes if it not in granted] if all_of else [] if granted & set(scopes) else list(scopes[:1])
            if lacking:
                yield Fail(
                    where, f"it needs {lacking[0]}: write, which the job's permissions do not give", f"permissions: {lacking[0]}: write"
                )
                break
    if "packages" not in granted and _logs_in(job):
        yield from (
            Fail(name.where, "the image goes to ghcr.io, and the job's permissions give no packages: write", "permissions: packages: write")
            for name in pushes(job)[:1]
            if name.text.startswith("ghcr.io/")
        )


def _needed(step: Step) -> Iterator[tuple[Node, tuple[str, ...], bool]]:
    """(place, scopes, whether all of them) of what a step does with the default token."""
    if step.uses is not None and step.uses.name.lower() in _ACTIONS and not _own_token(step):
        yield step.uses.where, _ACTIONS[step.uses.name.lower()], True
    made = commands(step)
    for call in made.invocations if made else ():
        scopes = _COMMANDS.get(" ".join(call.subcommand[:2])) if call.tool == "gh" else None
        if made and scopes and _default_token(step) and not call.has("-R", "--repo"):
            yield made.at(call.start, call.end), scopes, False


def _own_token(step: Step) -> bool:
    inputs = step.uses.inputs if step.uses else step.where
    written = [text(field(inputs, name)) for name in _TOKENS if given(field(inputs, name))]
    tables = (step.variables, step.job.variables, step.job.pipeline.variables)
    written += [text(field(table, name)) for table in tables for name in ("GITHUB_TOKEN", "GH_TOKEN") if given(field(table, name))]
    return any(not _is_default(it) for it in written)


def _default_token(step: Step) -> bool:
    for table in (step.variables, step.job.variables, step.job.pipeline.variables):
        for name in ("GH_TOKEN", "GITHUB_TOKEN"):
            if given(field(table, name)):
                return _is_default(text(field(table, name)))
    return False


def _is_default(written: str) -> bool:
    bare = written.lower().replace(" ", "")
    return bare in ("${{secrets.github_token}}", "${{github.token}}")


def _logs_in(job: Job) -> bool:
    """Whether the job logs in to GitHub's registry with the default token, and with nothing else."""
    found = [step for step in job.steps if step.calls("docker/login-action") and "ghcr.io" in text(field(_inputs(step), "registry"))]
    return bool(found) and all(_is_default(text(field(_inputs(step), "password"))) for step in found)


def _inputs(step: Step) -> Node:
    return step.uses.inputs if step.uses else step.where
