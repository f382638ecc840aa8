"""A script uses a workflow command that GitHub has switched off.

## Why it matters
`::set-output` and `::save-state` warn and will be ignored, `::set-env` and `::add-path` fail already. What reads the value later gets an
empty text.

## Five whys
1. Why is the output empty, or the step red? The command that should set it is switched off.
2. Why? It reads what is printed to the log, where untrusted text can be printed too.
3. Why is it still used? It worked for years, and old examples show it.
4. Why was the warning not seen? It stands in the annotations of a green run.

## Fix now
Write to the file: `echo "name=value" >> "$GITHUB_OUTPUT"` (`$GITHUB_STATE`, `$GITHUB_ENV`, and the path alone to `$GITHUB_PATH`).

## Workaround
None that lasts: `ACTIONS_ALLOW_UNSECURE_COMMANDS` opens the workflow to injection.

## Prevent
Check workflows before they are pushed (`auditor scan .github` in the pre-commit hook or as the first job of pull requests).

## Validate
The run has no annotation about the command, and the step that reads the value prints it.

## Bad
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: echo "::set-output name=tag::v1" # finding
```

## Good
```github
on: push
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - id: meta
        run: echo "tag=v1" >> "$GITHUB_OUTPUT"
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.places import Step, steps

_COMMAND = re.compile(r"::(set-output|save-state|set-env|add-path)(?:\s+name=[\w.-]+)?::|::(set-output|save-state|set-env)\s+name=")
_FILES = {"set-output": "$GITHUB_OUTPUT", "save-state": "$GITHUB_STATE", "set-env": "$GITHUB_ENV", "add-path": "$GITHUB_PATH"}


@rule(
    each=steps,
    target="github_workflow github_action",
    severity=Severity.MEDIUM,
    aliases="actionlint:deprecated-commands",
    symptoms=[
        "The `set-output` command is deprecated",
        "The `save-state` command is deprecated",
        "The `(set-env|add-path)` command is disabled",
    ],
)
def check(step: Step) -> Iterator[Fail]:
    run = step.at("run")
    script = run.text if run.present else None
    for found in _COMMAND.finditer(script or ""):
        name = found[1] or found[2]
        yield Fail(run.part(*found.span()), f"the command {name} is switched off", expected=f"a line written to {_FILES[name]}")
