"""The command gh is called without a token.

## Why it matters
On GitHub's runners `gh` is installed and not logged in. Without `GH_TOKEN` it ends with exit code 4 and asks to set it; the release or
the comment is not made.

## Five whys
1. Why was no release made? `gh` was refused before it sent anything.
2. Why? It had no token.
3. Why not? Workflows do not hand the job's token to scripts by themselves.
4. Why did it work on the laptop? There `gh auth login` had been run once.

## Fix now
Add `env: {GH_TOKEN: '${{ github.token }}'}` to the step and run the job again.

## Workaround
Make the release or comment by hand.

## Prevent
Set `GH_TOKEN` in each step that calls `gh`, and `permissions` for what it does.

## Validate
`gh auth status` in the step names the token.

## Bad
```github
on:
  push:
    tags: ['v*']
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: gh release create "$GITHUB_REF_NAME" --generate-notes # finding
```

## Good
```github
on:
  push:
    tags: ['v*']
jobs:
  release:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: gh release create "$GITHUB_REF_NAME" --generate-notes
        env:
          GH_TOKEN: ${{ github.token }}
      - run: |
          echo "$TOKEN" | gh auth login --with-token
          gh pr list
        env: {TOKEN: '${{ secrets.TOKEN }}'}
      - run: gh --version
  own:
    runs-on: [self-hosted]
    steps:
      - run: gh pr list
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job, Step, given
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.shell import calls, commands
from auditor.views.pipeline.variables import set_before
from auditor.views.shell.variables import assignments

_NAMES = frozenset({"GH_TOKEN", "GITHUB_TOKEN", "GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"})
_OFFLINE = frozenset({"version", "help", "completion", "auth", "config", "alias", "extension"})


@rule(
    target="github_workflow",
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"set the GH_TOKEN environment variable", r"To use GitHub CLI in a GitHub Actions workflow"],
)
def check(job: Job) -> Iterator[Fail]:
    if "self-hosted" in str(job.runner.plain()) or any(given(image.where) and not image.service for image in job.images):
        return
    for step in job.steps:
        if _logs_in(step):
            return
        made = commands(step)
        known = set_before(step) if made else None
        if made is None or known is None or known & _NAMES or any(given(field(step.variables, name)) for name in _NAMES):
            continue
        if made.tree.opaque or any(it.name in _NAMES for it in assignments(made.tree)):
            continue
        asked = next((it for it in made.invocations if it.tool == "gh" and it.subcommand and it.subcommand[0] not in _OFFLINE), None)
        if asked is not None:
            yield Fail(made.at(asked.start, asked.end), "gh has no token here", "env: {GH_TOKEN: '${{ github.token }}'}")


def _logs_in(step: Step) -> bool:
    """Whether a step logs in: `gh auth login`, or an action for gh."""
    if step.uses is not None:
        return "gh" in step.uses.name.lower().rpartition("/")[2].split("-")
    return any(call.is_("gh", "auth", "login") for call in calls(step))
