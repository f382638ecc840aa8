"""A workflow of another repository gets all secrets.

## Why it matters
`secrets: inherit` hands every secret of the repository, the organisation and the environments to a workflow that others maintain. Whoever
can change it, or the branch or tag that is named, gets them all.

## Five whys
1. Why did a foreign workflow have the production key? It got all secrets.
2. Why all? `secrets: inherit` names none.
3. Why was it written? It spares the list.
4. Why was that thought safe? The workflow used only one of them by then.
5. Why does that not last? It can be changed without anybody here noticing.

## Fix now
Name what it needs: `secrets: {TOKEN: "${{ secrets.TOKEN }}"}`, and name its version by a commit.

## Workaround
Keep powerful secrets in environments that the called workflow does not use.

## Prevent
Declare `secrets` in reusable workflows.

## Validate
The called workflow cannot read a secret that is not named.

## Bad
```github
on: push
permissions: {}
jobs:
  release:
    uses: acme/workflows/.github/workflows/release.yml@de0fac2e4500dabe0009e67214ff5f5447ce83dd # finding
    secrets: inherit
```

## Good
```github
on: push
permissions: {}
jobs:
  release:
    uses: acme/workflows/.github/workflows/release.yml@de0fac2e4500dabe0009e67214ff5f5447ce83dd
    secrets:
      TOKEN: ${{ secrets.TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(target="github_workflow", each=jobs, severity=Severity.MEDIUM, aliases="zizmor:secrets-inherit")
def check(job: Job) -> Iterator[Fail]:
    if job.uses is not None and not job.uses.local and job.secrets.value == "inherit":
        message = f"{job.uses.name} gets all secrets of this repository"
        yield Fail(job.uses.where, message, "the secrets that it needs, by name", related=(job.secrets,))
