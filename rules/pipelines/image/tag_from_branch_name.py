"""An image's tag is the name of a branch, which may hold a slash.

## Why it matters
`feature/login` is a good name for a branch and none for a tag: the build ends with *invalid reference format* on such branches, and on
GitHub on every pull request, whose name is `12/merge`. Two branches whose names differ only in what is replaced share a tag.

## Five whys
1. Why does the build fail on this branch only? The name of its image is refused.
2. Why? It holds a slash behind the colon.
3. Why? The tag is the name of the branch as it is.
4. Why did it work so far? The branches before had plain names.

## Fix now
Rename the branch without a slash, and push it again.

## Workaround
Build on the main branch only.

## Prevent
GitLab: `$CI_COMMIT_REF_SLUG` in place of `$CI_COMMIT_REF_NAME`; GitHub: the tags of `docker/metadata-action`, or the commit's hash.

## Validate
A branch named `test/slash` builds.

## Bad
```gitlab
push:
  script:
    - docker build -t $CI_REGISTRY_IMAGE:$CI_COMMIT_REF_NAME .
    - docker push $CI_REGISTRY_IMAGE:$CI_COMMIT_REF_NAME # finding
```

```github
on: pull_request
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker build -t "registry.example.com/web:${{ github.ref_name }}" .
      - run: docker push "registry.example.com/web:${{ github.ref_name }}" # finding
```

## Good
```gitlab
push:
  script:
    - docker push $CI_REGISTRY_IMAGE:$CI_COMMIT_REF_SLUG
release:
  script:
    - docker push $CI_REGISTRY_IMAGE:$CI_COMMIT_REF_NAME
  rules:
    - if: $CI_COMMIT_TAG
```

```github
on:
  push:
    branches: [main]
    tags: ['v*']
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: docker push "registry.example.com/web:${{ github.ref_name }}"
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import steps
from auditor.views.pipeline.builds import pushes_of
from auditor.views.pipeline.model import Event, Step
from auditor.views.pipeline.runs import Situation, situations, step_runs

_BRANCH = re.compile(r"\bCI_COMMIT_(?:REF_NAME|BRANCH)\b|\bgithub\.(?:ref_name|head_ref)\b|\bGITHUB_(?:REF_NAME|HEAD_REF)\b")


@rule(
    target="gitlab_pipeline github_workflow",
    each=steps,
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    symptoms=[r"invalid reference format", r"invalid tag"],
)
def check(step: Step) -> Iterator[Fail]:
    if step.job.pipeline.doubts:
        return
    for name in pushes_of(step):
        found = _BRANCH.search(name.tag)
        if found and any(_any_name(it) and step_runs(step, it) is True for it in situations(step.job.pipeline)):
            yield Fail(
                name.where, f"the tag is the branch's name ({found[0]}), which may hold a slash", "a name without slashes, or the commit"
            )
            return


def _any_name(situation: Situation) -> bool:
    """Whether the branch may have any name: one of a pull request, or any that is pushed."""
    if situation.trigger.event is Event.PULL_REQUEST:
        return not situation.stranger or situation.trigger.name == "merge_request_event"
    return situation.trigger.event is Event.PUSH and not situation.branch and "tag" not in situation.text and not situation.trigger.branches
