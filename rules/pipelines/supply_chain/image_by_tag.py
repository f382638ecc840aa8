"""A job runs in an image that is named by a tag alone.

## Why it matters
A tag can be pushed again: the same name is another image tomorrow. Only the digest names one image for ever.

## Five whys
1. Why does the same commit build another way? The image under the tag was pushed anew.
2. Why can it be? Tags are names that move.
3. Why is a tag used? It can be read.
4. Why is it not noticed? The name in the file is the same.
5. Why does it matter for security? Whoever can push the tag runs code with the job's credentials.

## Fix now
Add the digest behind the tag: `node:22.11.0@sha256:...` (`docker buildx imagetools inspect NAME` prints it).

## Workaround
Use a registry of your own with tags that cannot be moved.

## Prevent
Let a bot (Renovate) write and update digests.

## Validate
Two runs of the same commit pull the same digest.

## Bad
```gitlab
image: node:22.11.0 # finding
test:
  script: [npm ci]
```

## Good
```gitlab
image: node:22.11.0@sha256:0000000000000000000000000000000000000000000000000000000000000000
test:
  script: [npm ci]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS
from auditor.views.pipeline.images import ImageUse, by_tag, image_uses, moving


@rule(
    target=KINDS,
    each=image_uses,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="zizmor:unpinned-images CKV_AZUREPIPELINES_2 CKV_CIRCLECIPIPELINES_2",
)
def check(use: ImageUse) -> Iterator[Fail]:
    if by_tag(use) or moving(use):
        yield Fail(use.where, f"{use.text} has no digest, so it can become another image", "a digest", related=use.source)
