"""A workflow uses a feature that is hard to check.

## Why it matters
The `pip-install` input of setup-python installs into the tools' own environment, and `cmd` has no quoting that can be relied on: neither
people nor checkers can tell what will run.

## Five whys
1. Why did a step do something else than was read? Its shell reads the line another way.
2. Why? `cmd` knows no rules for quotes that hold for all programs.
3. Why was it used? It is what Windows had.
4. Why was PowerShell not used? The script was there already.
5. Why does it matter? Checks for injection stop at such steps.

## Fix now
Use `shell: pwsh` or `bash` (both are on Windows runners), and install packages in a step of their own.

## Workaround
None is needed.

## Prevent
Name `shell: bash` as the default of all workflows.

## Validate
The step works under the other shell.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: windows-2022
    steps:
      - run: echo hi
        shell: cmd # finding
      - uses: actions/setup-python@a26af69be951a213d495a4c3e4e4022e16d87065 # v5.6.0
        with:
          pip-install: -r requirements.txt # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: windows-2022
    steps:
      - run: echo hi
        shell: bash
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.pipeline import pipelines
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field


@rule(target="github_workflow github_action", each=pipelines, severity=Severity.INFO, aliases="zizmor:misfeature")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    shells = [pipeline.where.at("defaults.run.shell"), *(job.where.at("defaults.run.shell") for job in pipeline.jobs)]
    for shell in (*shells, *(step.where.at("shell") for step in pipeline.steps)):
        if _is_cmd(shell):
            yield Fail(shell, "cmd has no quoting that can be relied on", "pwsh or bash")
    for step in pipeline.steps:
        install = field(step.uses.inputs, "pip-install") if step.uses and step.calls("actions/setup-python") else None
        if install is not None and install.present:
            yield Fail(install, "packages are installed into the tools' own environment", "a step of its own")


def _is_cmd(shell: Node) -> bool:
    return (shell.text or "").lower().split()[:1] in (["cmd"], ["cmd.exe"])
