"""Workflow commands that set variables from the log are allowed again.

## Why it matters
With `ACTIONS_ALLOW_UNSECURE_COMMANDS` every line of the log that says `::set-env` or `::add-path` sets variables and programs of later
steps. Whatever a tool prints, a title, a file's content, can so run code.

## Five whys
1. Why did a later step run foreign code? A printed line set its search path.
2. Why does a printed line do that? The old workflow commands are allowed again.
3. Why were they allowed? An old script or action used `::set-env`, and failed.
4. Why was it not changed instead? The switch was in the first answer that was found.
5. Why is it dangerous only now and then? Somebody must get a line of their own into the log.

## Fix now
Remove the variable; write `NAME=value` to `$GITHUB_ENV` and folders to `$GITHUB_PATH`, and update actions that need the old commands.

## Workaround
Set it at the one step that needs it, where nothing of others is printed.

## Prevent
Check workflows before they are merged (`auditor scan .github`).

## Validate
The run is green without the variable.

## Bad
```github
on: push
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: true # finding
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: ./build
```

## Good
```github
on: push
env:
  ACTIONS_ALLOW_UNSECURE_COMMANDS: false
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: echo "MODE=fast" >> "$GITHUB_ENV"
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.github.places import environments


@rule(
    target="github_workflow github_action",
    each=environments,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="zizmor:insecure-commands CKV_GHA_1",
)
def check(table: Node) -> Iterator[Fail]:
    for name, value in table.entries():
        if name.upper() == "ACTIONS_ALLOW_UNSECURE_COMMANDS" and (value.text or "").lower() in ("true", "1"):
            yield Fail(value, "workflow commands that set variables from the log are allowed", "nothing, or false")
