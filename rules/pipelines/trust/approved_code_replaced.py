"""What was approved by a label can be replaced before it is checked out.

## Why it matters
Somebody looks at a pull request and lets its tests run, by a label, a comment or an environment. Between that look and the checkout its
author can push something else: the branch's name and the number of the pull request then stand for code that nobody has seen.

## Five whys
1. Why did code run that nobody reviewed? The checkout took the branch as it was by then.
2. Why not as it was reviewed? It names the branch or the number, not the commit.
3. Why was there time to push? Runs wait for a runner, and a label stays when something is pushed.
4. Why is that enough for an attack? A script can push as soon as the label is seen.
5. Why was it not seen? In all tests the branch was the reviewed one.

## Fix now
Check out the commit of the event: `ref: ${{ github.event.pull_request.head.sha }}`, for comments the commit that the command names;
remove the label when something is pushed (`synchronize`).

## Workaround
Compare the commit's time with that of the comment, and stop when it is younger.

## Prevent
Split the workflow, so that code of strangers never runs with rights.

## Validate
Push after the label was set: the run builds the old commit, or none.

## Bad
```github
on:
  pull_request_target:
    types: [labeled]
jobs:
  test:
    if: contains(github.event.pull_request.labels.*.name, 'safe to test')
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          ref: ${{ github.event.pull_request.head.ref }} # finding
          repository: ${{ github.event.pull_request.head.repo.full_name }}
      - run: make test
```

## Good
```github
on:
  pull_request_target:
    types: [labeled]
jobs:
  test:
    if: contains(github.event.pull_request.labels.*.name, 'safe to test')
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@de0fac2e4500dabe0009e67214ff5f5447ce83dd # v6.0.2
        with:
          ref: ${{ github.event.pull_request.head.sha }}
      - run: make test
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.strangers import StrangeCode, strange_code


@rule(target="github_workflow", each=strange_code, severity=Severity.MEDIUM, confidence=Confidence.LIKELY)
def check(code: StrangeCode) -> Iterator[Fail]:
    if code.approved and not code.fixed and code.runner is not None and code.powerful:
        message = "this names the newest state of a pull request, not the commit that was approved"
        yield Fail(code.where, message, "the commit of the event", related=(code.runner,))
