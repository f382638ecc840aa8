"""A job gets all SSH keys of the project.

## Why it matters
`add_ssh_keys` without fingerprints hands the job every key of the project, also those for other servers and repositories. Whatever runs
in the job can use them.

## Five whys
1. Why could a test log in to the server? The job had the server's key.
2. Why? It got all keys.
3. Why all? No fingerprint is named.
4. Why not? With one key it made no difference.
5. Why is it not noticed when keys are added? Nothing in the file changes.

## Fix now
Name the key: `add_ssh_keys: {fingerprints: ["SHA256:..."]}`.

## Workaround
Remove keys from the project that are not needed.

## Prevent
Keep keys of servers in contexts that few jobs use.

## Validate
`ssh-add -l` in the job lists one key.

## Bad
```circleci
version: 2.1
jobs:
  build:
    docker: [{image: cimg/base@sha256:0000000000000000000000000000000000000000000000000000000000000000}]
    steps:
      - checkout
      - add_ssh_keys # finding
      - run: make
workflows:
  main:
    jobs: [build]
```

## Good
```circleci
version: 2.1
jobs:
  build:
    docker: [{image: cimg/base@sha256:0000000000000000000000000000000000000000000000000000000000000000}]
    steps:
      - checkout
      - add_ssh_keys:
          fingerprints: ["SHA256:NPj4IcXxqQEKGXOghi/QbG2sohoNfvZ30JwCcdSSNM0"]
      - run: make
workflows:
  main:
    jobs: [build]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.once import distinct_steps
from auditor.views.pipeline.reading import field


@rule(target="circleci_pipeline", each=distinct_steps, severity=Severity.LOW, confidence=Confidence.FIRM)
def check(step: Step) -> Iterator[Fail]:
    if step.uses is not None and step.calls("add_ssh_keys") and field(step.uses.inputs, "fingerprints").missing:
        yield Fail(step.uses.where, "the job gets all SSH keys of the project", "fingerprints")
