"""A job runs in an image without a version.

## Why it matters
Without a tag, or with `latest`, the image is whatever was pushed last. The same commit builds another way tomorrow, and whoever can push
the image runs code with the job's credentials.

## Five whys
1. Why does a build fail that was green yesterday? The image it runs in is another one.
2. Why? It is named without a version, so the newest is pulled.
3. Why was none named? The name alone works.
4. Why was the new image not looked at? Nobody decided to take it.
5. Why is it a danger, too? The image's code runs with the job's credentials.

## Fix now
Name the version, best with the digest: `image: node:22.11.0@sha256:...`.

## Workaround
Name the tag that was last good.

## Prevent
Let a bot (Renovate) update images.

## Validate
Two runs of the same commit pull the same digest.

## Bad
```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    container: node # finding
    steps:
      - run: npm ci
```

```gitlab
image: node:latest # finding
test:
  script: [npm ci]
```

```azure
trigger: [main]
pool:
  vmImage: ubuntu-24.04
container: registry.example.org:5000/build:latest # finding
steps:
  - script: make
```

## Good
```gitlab
image: registry.example.org:5000/node:22.11.0
test:
  script: [npm ci]
```

```github
on: push
permissions: {}
jobs:
  build:
    runs-on: ubuntu-24.04
    container: ${{ matrix.image }}
    strategy:
      matrix:
        image: [node:22.11.0, '']
    steps:
      - run: npm ci
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.images import ImageUse, image_uses, moving


@rule(
    target=KINDS,
    each=image_uses,
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="zizmor:unpinned-images CKV_AZUREPIPELINES_1 CKV_CIRCLECIPIPELINES_1 CKV_BITBUCKETPIPELINES_1",
)
def check(use: ImageUse) -> Iterator[Fail]:
    if moving(use):
        yield Fail(use.where, f"{use.text} is whatever was pushed last", "a version, best with its digest", related=use.source)
