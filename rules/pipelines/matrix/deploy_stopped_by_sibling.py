"""One failing leg of a matrix kills the deployments beside it.

## Why it matters
`fail-fast` is on by default: as soon as one leg fails, GitHub cancels all others in the middle of what they do. With a leg for each
region or account, a typo in one leaves the state of the others locked or half applied.

## Five whys
1. Why is the state of three regions locked? Their runs were cancelled during `apply`.
2. Why were they? The run for a fourth region failed.
3. Why does that stop the others? The matrix has `fail-fast`, which is the default.
4. Why was it not switched off? For tests the default saves time, and the job was copied from one.

## Fix now
Look at each leg that was cancelled: release its lock (`terraform force-unlock`, `helm rollback`), plan, and apply again.

## Workaround
Start the legs one by one through `workflow_dispatch` with an input for the target.

## Prevent
`strategy: {fail-fast: false, max-parallel: 1}`: each leg ends, and a fault shows in the first region before it reaches the next.

## Validate
Let one leg fail in a test: the others end by themselves.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  apply:
    runs-on: ubuntu-24.04
    strategy:
      matrix:
        region: [eu-west-1, us-east-1] # finding
    steps:
      - run: terraform apply -auto-approve -var region=${{ matrix.region }}
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  apply:
    runs-on: ubuntu-24.04
    strategy:
      fail-fast: false
      max-parallel: 1
      matrix:
        region: [eu-west-1, us-east-1]
    steps:
      - run: terraform apply -auto-approve -var region=${{ matrix.region }}
  one-by-one:
    runs-on: ubuntu-24.04
    strategy:
      max-parallel: 1
      matrix: {region: [eu-west-1, us-east-1]}
    steps:
      - run: terraform apply -auto-approve
  test:
    runs-on: ubuntu-24.04
    strategy: {matrix: {node: [20, 22]}}
    steps:
      - run: npm test
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import jobs
from auditor.views.pipeline.deployment import deployments
from auditor.views.pipeline.model import Job, given


@rule(
    target="github_workflow", each=jobs, severity=Severity.HIGH, symptoms=[r"The operation was canceled", r"Error acquiring the state lock"]
)
def check(job: Job) -> Iterator[Fail]:
    if not given(job.matrix) or not any(it.stateful for it in deployments(job)):
        return
    fast, parallel = job.where.at("strategy.fail-fast"), job.where.at("strategy.max-parallel")
    if (fast.missing or fast.value is True) and not (parallel.present and parallel.number == 1):
        tool = next(it.tool for it in deployments(job) if it.stateful)
        yield Fail(job.matrix, f"when one leg fails, {tool} in the others is stopped in the middle", "fail-fast: false, max-parallel: 1")
