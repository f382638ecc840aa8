"""A checkout leaves its token where later steps can read it.

## Why it matters
`actions/checkout` stores the job's token for git, unless `persist-credentials: false` is set. Every later step, a test or an action too,
can push and read with it, and an artifact of the folder may carry it out.

## Five whys
1. Why could a dependency push to the repository? The token lay in git's configuration.
2. Why? The checkout stores it there.
3. Why? It is the default, for jobs that push.
4. Why was it not switched off? The job works either way.
5. Why is it a danger? Code of others runs in the same job.

## Fix now
Set `persist-credentials: false` at the checkout; where something is pushed, hand the token to that step alone.

## Workaround
Give the token no permission to write: `permissions: {contents: read}`.

## Prevent
Set it in every workflow.

## Validate
After the checkout `git config --get-regexp extraheader` prints nothing.

## Bad
```github
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # finding
      - run: make test
```

## Good
```github
on: push
permissions: {}
jobs:
  test:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          persist-credentials: false
      - run: make test
  push:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
      - run: |
          make docs
          git push
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.github.checkouts import keeps_token, used_later
from auditor.views.pipeline import steps
from auditor.views.pipeline.model import Step


@rule(
    target="github_workflow github_action",
    each=steps,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="zizmor:artipacked",
)
def check(step: Step) -> Iterator[Fail]:
    if step.uses is not None and keeps_token(step) and not used_later(step):
        yield Fail(step.uses.where, "the token stays readable for all later steps", "persist-credentials: false")
