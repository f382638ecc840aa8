"""An action does what the runner can do by itself.

## Why it matters
Every action is code of others with the job's token. Where one command of a tool on the runner does the same, there is nothing to trust
and to update.

## Five whys
1. Why has the job code of so many people? Each small task has an action of its own.
2. Why? An action was found first.
3. Why not the tool? It was not known that the runner has it.
4. Why does it matter? Each action can be taken over.
5. Why does it stay? It works.

## Fix now
Write the command that the message names as a step of its own (`gh` needs `GH_TOKEN: ${{ github.token }}` in `env`).

## Workaround
Name the action by its commit.

## Prevent
Ask in reviews whether a new action is needed.

## Validate
The step does the same without the action.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: softprops/action-gh-release@de0fac2e4500dabe0009e67214ff5f5447ce83dd # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - run: gh release create "$GITHUB_REF_NAME" dist/*
        env:
          GH_TOKEN: ${{ github.token }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.github.action_tables import rows
from auditor.views.pipeline.pinning import Foreign, foreign_actions


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.INFO,
    aliases="zizmor:superfluous-actions",
)
def check(found: Foreign) -> Iterator[Fail]:
    tool = rows("replaceable_actions").get(found.reference.slug)
    if tool:
        yield Fail(found.where, f"the runner can do this by itself: {tool}", tool)
