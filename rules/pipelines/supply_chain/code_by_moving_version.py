"""A pipeline takes code of others under a version that can change.

## Why it matters
An orb, an include, a component, a template or a pipe runs with the pipeline's credentials. Named by a branch, by `latest` or by the
beginning of a version, it is whatever its owner, or whoever took over the owner's account, published last.

## Five whys
1. Why did a pipeline do something that nobody changed? Code that it includes is another one today.
2. Why did the change arrive unseen? The version that is named stands for the newest.
3. Why is it named so? So that mended versions arrive by themselves.
4. Why is that not noticed? Nothing in this repository changes.
5. Why is it a danger? The included code has the pipeline's credentials.

## Fix now
Name an exact version or a commit: `acme/tool@1.4.2`, `ref: <commit>`, `component: .../scan@1.4.2`, `integrity: sha256-...`.

## Workaround
Copy the code into this repository.

## Prevent
Let a bot (Renovate) update the versions.

## Validate
Two runs of the same commit run the same code.

## Bad
```circleci
version: 2.1
orbs:
  tool: acme/tool@volatile # finding
  other: acme/other@dev:first # finding
jobs:
  build:
    docker: [{image: cimg/base@sha256:0000000000000000000000000000000000000000000000000000000000000000}]
    steps: [checkout]
workflows:
  main:
    jobs: [build]
```

```gitlab
include:
  - project: acme/templates
    file: /deploy.yml
    ref: main # finding
  - remote: https://example.org/scan.yml # finding
test:
  script: [make]
```

## Good
```circleci
version: 2.1
orbs:
  tool: acme/tool@1.4.2
jobs:
  build:
    docker: [{image: cimg/base@sha256:0000000000000000000000000000000000000000000000000000000000000000}]
    steps: [checkout]
workflows:
  main:
    jobs: [build]
```

```gitlab
include:
  - project: acme/templates
    file: /deploy.yml
    ref: v1.4.2
  - local: /ci/test.yml
test:
  script: [make]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline.pinning import Loose, loose_code


@rule(
    target="circleci_pipeline gitlab_pipeline azure_pipeline bitbucket_pipeline",
    each=loose_code,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_CIRCLECIPIPELINES_3 CKV_CIRCLECIPIPELINES_4",
)
def check(loose: Loose) -> Iterator[Fail]:
    yield Fail(loose.where, loose.text, loose.expected)
