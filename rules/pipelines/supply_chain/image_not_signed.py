"""A pipeline publishes an image without a signature.

## Why it matters
Whoever pulls the image cannot tell whether this pipeline made it or somebody who got hold of the registry's password. Clusters that admit
only signed images refuse it.

## Five whys
1. Why did a changed image run in the cluster? It was pushed under the same name.
2. Why was it accepted? Nothing proves who made an image.
3. Why not? The pipeline pushes it without a signature.
4. Why? The registry does not ask for one.
5. Why was it noticed late? The name was right.

## Fix now
Sign by OIDC after the push: `cosign sign --yes REGISTRY/NAME@DIGEST` (with `id-token: write`), or let `actions/attest-build-provenance`
attest it, and let the cluster admit only signed images.

## Workaround
Deploy by digest, so that a changed tag has no effect.

## Prevent
Sign in the one workflow that publishes.

## Validate
`cosign verify` with this workflow's identity succeeds.

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
permissions:
  id-token: write
jobs:
  image:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker build -t acme/app:1 .
          docker push acme/app:1
          cosign sign --yes "acme/app@$(cat digest)"
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Severity, rule
from auditor.views.pipeline import KINDS, pipelines
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.reading import field
from auditor.views.pipeline.shell import calls

_SIGNERS = ("actions/attest-build-provenance", "actions/attest", "slsa-framework/slsa-github-generator", "notaryproject/notation-action")


@rule(target=KINDS, each=pipelines, severity=Severity.INFO, confidence=Confidence.LIKELY, aliases="CKV_GHA_5")
def check(pipeline: Pipeline) -> Iterator[Fail]:
    pushed = [name for job in pipeline.jobs for name in pushes(job)]
    if not pushed:
        return
    signs = any(
        call.tool in ("cosign", "notation") and {"sign", "attest"} & {*call.subcommand, *(word.text for word in call.operands)}
        for step in pipeline.steps
        for call in calls(step)
    )
    attests = any(
        step.calls(*_SIGNERS) or (step.uses is not None and field(step.uses.inputs, "provenance").value in (True, "true", "mode=max"))
        for step in pipeline.steps
    )
    generated = any(job.uses is not None and job.uses.name.lower().startswith(_SIGNERS) for job in pipeline.jobs)
    if not (signs or attests or generated):
        yield Fail(pushed[0].where, f"{pushed[0].repository} is published without a signature", "cosign sign, or an attestation")
