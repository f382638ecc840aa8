"""An action's name is nearly that of a much used one.

## Why it matters
Names that differ by a letter from much used ones are taken by others, some to run their code in workflows with a typing error. It has the
job's token and secrets.

## Five whys
1. Why did foreign code run in the pipeline? The step names another action than was meant.
2. Why? One letter of the name is wrong.
3. Why did it run at all? Somebody registered that name.
4. Why was it not noticed? It does what the real one does, and more.
5. Why did no check find it? The name exists.

## Fix now
Correct the name. If the workflow ran, change every secret that it could read.

## Workaround
None.

## Prevent
Let the organisation allow only listed actions.

## Validate
The log (Set up job) names the right repository.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: action/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # finding
```

## Good
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
      - uses: acme/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v1.0.0
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Profile, Severity, rule
from auditor.views.github.action_tables import resembles
from auditor.views.pipeline.pinning import Foreign, foreign_actions


@rule(
    target="github_workflow github_action",
    each=foreign_actions,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    profile=Profile.GATE,
    aliases="zizmor:typosquat-uses",
)
def check(found: Foreign) -> Iterator[Fail]:
    name = f"{found.reference.owner}/{found.reference.name}"
    meant = resembles(name)
    if meant:
        yield Fail(found.where, f"{name} is nearly {meant}, and somebody else's", meant)
