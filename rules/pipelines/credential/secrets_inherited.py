"""A called workflow of the repository gets all secrets.

## Why it matters
`secrets: inherit` hands every secret on, so nobody can tell from the files which secrets a workflow needs, and each step of it may read
more than it should.

## Five whys
1. Why could a test read the key for releases? The workflow that it runs in got all secrets.
2. Why? `secrets: inherit` names none.
3. Why was it written? It spares the list.
4. Why does nobody narrow it? The called workflow does not declare what it needs.
5. Why is it rarely noticed? Everything works.

## Fix now
Declare `on.workflow_call.secrets` and name them at the call. Secrets of an environment come from there by themselves in the called job.

## Workaround
None is needed where the called workflow uses only secrets of environments, which need `inherit`.

## Prevent
Declare secrets in reusable workflows.

## Validate
The called workflow cannot read a secret that is not named.

## Bad
```github
on: push
permissions: {}
jobs:
  release:
    uses: ./.github/workflows/release.yml # finding
    secrets: inherit
```

## Good
```github
on: push
permissions: {}
jobs:
  release:
    uses: ./.github/workflows/release.yml
    secrets:
      TOKEN: ${{ secrets.TOKEN }}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.model import Job


@rule(target="github_workflow", each=jobs, severity=Severity.INFO, aliases="zizmor:secrets-inherit")
def check(job: Job) -> Iterator[Fail]:
    if job.uses is not None and job.uses.local and job.secrets.value == "inherit":
        yield Fail(job.uses.where, "the called workflow gets all secrets", "the secrets that it needs, by name", related=(job.secrets,))
