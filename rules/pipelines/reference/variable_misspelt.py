"""A script reads a variable that nobody sets; another name is nearly the same.

## Why it matters
A shell takes a variable that is not set for an empty text and goes on: `docker push ":1"`, `rm -rf "/cache"`, a deployment to the default
namespace. The error message, if there is one, names something else.

## Five whys
1. Why did the push fail with *invalid reference format*? The name of the image was empty.
2. Why? The script reads a variable that has no value.
3. Why has it none? The name differs by a letter from the one that is set.
4. Why did the script not stop there? Without `set -u` a shell does not mind.

## Fix now
Correct the name and run the job again.

## Workaround
`set -u` at the top of the script: it then ends at the first name that is not set.

## Prevent
`set -euo pipefail`, or `: "${IMAGE_NAME:?}"` for each variable that a script needs.

## Validate
`env | sort` in the job shows the name that the script reads.

## Bad
```github
on: push
jobs:
  push:
    runs-on: ubuntu-24.04
    env:
      IMAGE_NAME: app
    steps:
      - run: docker push "${IMAGE_NMAE}:1" # finding
```

```gitlab
variables:
  DEPLOY_REGION: eu-west-1
deploy:
  script:
    - aws ecs update-service --region $DEPLOY_REGON --service web # finding
```

## Good
```buildspec
version: 0.2
phases:
  build:
    commands:
      - REPOSITORY_URL=registry.example.com/web
      - docker push "$REPOSITORY_URI:1"
      - docker push "$REPOSITORY_URL:1"
```

```github
on: push
jobs:
  push:
    runs-on: ubuntu-24.04
    env:
      IMAGE_NAME: app
    steps:
      - run: echo "IMAGE_NAMES=a" >> "$GITHUB_ENV"
      - run: |
          IMAGE_NAMED=x
          docker push "${IMAGE_NAME}:1" $IMAGE_NAMED $IMAGE_NAMES
          for image_name in a b; do echo "$image_name"; done
          echo "${IMAGE_NAMEX:-none}"
      - run: echo "$GITHUB_SHA $RUNNER_TEMP $IMAGE_TAG"
```

```gitlab
variables:
  REGION: eu-west-1
deploy:
  script:
    - source ./settings.sh
    - echo $REGIONS
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, steps
from auditor.views.pipeline.model import Pipeline, Platform, Step
from auditor.views.pipeline.shell import commands
from auditor.views.pipeline.variables import meant, set_before
from auditor.views.shell.variables import assignments, open_world, reads

_OUTSIDE = frozenset(Platform) - {Platform.GITHUB}
"""Where projects, contexts and agents set variables that no file shows: a name that is near another one may be one of theirs."""


@rule(
    target=KINDS,
    each=steps,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    symptoms=[r"invalid reference format", r"unbound variable"],
)
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    known = set_before(step) if made else None
    if made is None or known is None or open_world(made.tree):
        return
    own = {it.name for it in assignments(made.tree)}
    seen: set[str] = set()
    for read in reads(made.tree):
        if read.guard or read.name in known or read.name in own or read.name in seen:
            continue
        seen.add(read.name)
        name = meant(read.name, {*known, *own})
        if name and not (step.job.pipeline.platform in _OUTSIDE and _is_read(step.job.pipeline, name)):
            yield Fail(made.at(read.start, read.end), f"nothing sets {read.name}; {name} is set", name)


def _is_read(pipeline: Pipeline, name: str) -> bool:
    """Whether some step reads the variable, so that nothing points to its name being misspelt elsewhere."""
    scripts = (commands(step) for step in pipeline.steps)
    return any(read.name == name for made in scripts if made for read in reads(made.tree))
