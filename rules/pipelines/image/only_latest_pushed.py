"""An image is pushed under the tag latest only.

## Why it matters
Every push replaces the one before. What runs somewhere cannot be told from its name, nodes that have an older `latest` keep running it,
and there is nothing to go back to: the last good image has no name any more.

## Five whys
1. Why can the release not be rolled back? The image that worked has no name.
2. Why not? Its tag was given to the next one.
3. Why? The pipeline pushes each build as `latest` and as nothing else.
4. Why was that enough so far? Nobody had to go back.

## Fix now
Find the digest of what ran (`kubectl get pods -o jsonpath='{..imageID}'`, the registry's history) and deploy that digest.

## Workaround
Tag what runs now under a second name before the next push: `docker tag IMAGE:latest IMAGE:known-good && docker push IMAGE:known-good`.

## Prevent
Push a tag for each build (`:${{ github.sha }}`, `:$CI_COMMIT_SHORT_SHA`), deploy that one, and move `latest` only in addition.

## Validate
The registry lists one tag for each commit that was built.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker build -t acme/app:latest .
          docker push acme/app:latest # finding
```

```gitlab
publish:
  script:
    - docker build -t $CI_REGISTRY_IMAGE .
    - docker push $CI_REGISTRY_IMAGE # finding
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker build -t acme/app:latest -t acme/app:${{ github.sha }} .
          docker push acme/app:latest
          docker push acme/app:${{ github.sha }}
      - run: docker push --all-tags acme/other
      - uses: docker/build-push-action@v6
        with:
          push: true
          tags: |
            acme/web:latest
            acme/web:${{ github.sha }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.shell import calls


@rule(target=KINDS, each=pipelines, severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(pipeline: Pipeline) -> Iterator[Fail]:
    if any(call.has("--all-tags", "-a") for step in pipeline.steps for call in calls(step) if call.tool in ("docker", "podman")):
        return
    names = [name for job in pipeline.jobs for name in pushes(job)]
    for repository in dict.fromkeys(name.repository for name in names):
        mine = [name for name in names if name.repository == repository]
        if _may_hold_tag(repository):
            continue
        if all(name.tag == "latest" and "@" not in name.text for name in mine):
            message = f"{repository} is pushed as latest only, so each push replaces the one before"
            yield Fail(mine[0].where, message, "a tag for each build")


def _may_hold_tag(repository: str) -> bool:
    """Whether a variable that ends the name may hold its tag, too; GitLab's name of the registry holds none."""
    last = repository.rpartition("/")[2]
    return "$" in last and not repository.startswith(("$CI_REGISTRY_IMAGE", "${CI_REGISTRY_IMAGE}"))
