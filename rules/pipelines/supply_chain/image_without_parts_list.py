"""A pipeline publishes an image without a list of its parts.

## Why it matters
When a hole in a library is published, nobody can say at once which images hold it: each has to be pulled and searched.

## Five whys
1. Why did it take days to find the images with the hole? Nobody had a list of what is in them.
2. Why not? The pipeline publishes images without one.
3. Why? Nothing asks for it.
4. Why can it not be made later? It can, but only of what is still there.
5. Why does it matter? In these days the hole is open.

## Fix now
Add a list of parts (SBOM): `sbom: true` of docker/build-push-action, `docker buildx build --sbom=true`, or `syft` with `cosign attest`.

## Workaround
Scan the registry by a tool that makes lists itself.

## Prevent
Publish images by one shared workflow.

## Validate
`docker buildx imagetools inspect NAME --format '{{ json .SBOM }}'` prints a list.

## Bad
```github
on:
  push:
    tags: ['v*']
permissions: {}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker build -t acme/app:1 .
          docker push acme/app:1 # finding
```

## Good
```github
on:
  push:
    tags: ['v*']
permissions: {}
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - uses: docker/build-push-action@263435318d21b8e681c14492fe198d362a7d2c83 # v6.18.0
        with:
          push: true
          tags: acme/app:1
          sbom: true
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.shell import calls

_TOOLS = frozenset({"syft", "cyclonedx-bom", "cdxgen", "tern", "spdx-sbom-generator", "bom"})
_ACTIONS = ("anchore/sbom-action", "actions/attest-sbom", "cyclonedx/gh-node-module-generatebom", "microsoft/sbom-action")


@rule(target=KINDS, each=pipelines, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV_GHA_6")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    pushed = [name for job in pipeline.jobs for name in pushes(job)]
    listed = any(
        call.tool in _TOOLS or call.has("--sbom") or "sbom" in " ".join(word.text.lower() for word in call.words)
        for step in pipeline.steps
        for call in calls(step)
    )
    by_action = any(
        step.calls(*_ACTIONS) or (step.uses is not None and field(step.uses.inputs, "sbom").value in (True, "true"))
        for step in pipeline.steps
    )
    if pushed and not listed and not by_action:
        yield Fail(pushed[0].where, f"{pushed[0].repository} is published without a list of its parts", "an SBOM")
