"""What is applied is not the plan that was shown.

## Why it matters
The pipeline shows a plan, and then `apply` makes another one of its own. What has changed in between, in the cloud or in the modules, is
applied unseen: a resource that somebody has renamed is destroyed without ever having stood in a plan.

## Five whys
1. Why was the database replaced? Terraform had planned to.
2. Why did nobody see that? The plan that was reviewed did not say so.
3. Why not? `apply` plans anew, minutes or days later.
4. Why does it? The saved plan is not handed to it.

## Fix now
`terraform plan` now, and compare with what was reviewed.

## Workaround
Let `apply` run directly after `plan` in the same job, in front of a person.

## Prevent
`terraform plan -out=tfplan`, hand the file on as an artifact (it holds secrets: short retention), `terraform apply tfplan`.

## Validate
The log of `apply` starts with the changes and shows no second plan.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  terraform:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform plan -out=tfplan
      - run: terraform apply -auto-approve # finding
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  terraform:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform plan -out=tfplan
      - run: terraform apply -auto-approve tfplan
  other:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform -chdir=other apply -auto-approve
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.model import Job
from auditor.views.pipeline.shell import commands

_TOOLS = ("terraform", "tofu", "terragrunt")


@rule(target=KINDS, each=jobs, severity=Severity.MEDIUM)
def check(job: Job) -> Iterator[Fail]:
    planned: set[tuple[str, str]] = set()
    for step in job.steps:
        made = commands(step)
        for call in made.invocations if made else ():
            if made is None or call.tool not in _TOOLS:
                continue
            folder = call.value("-chdir")
            place = (folder.text if folder else "", f"{call.command.state.directory} {step.script.directory.text if step.script else ''}")
            if call.subcommand[:1] == ("plan",) and call.value("-out") is not None:
                planned.add(place)
            elif call.subcommand[:1] == ("apply",) and not call.operands and place in planned:
                yield Fail(made.at(call.start, call.end), "a plan is saved, and apply makes another one", "the saved plan as its argument")
