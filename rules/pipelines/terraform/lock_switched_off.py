"""Terraform changes the state without locking it.

## Why it matters
Two runs that write the same state at once lose resources from it or leave them in it twice: the next plan wants to create what exists,
or to destroy what it does not know any more.

## Five whys
1. Why does the plan want to create a database that exists? It is missing in the state.
2. Why? Two runs wrote the state, and the last one knew nothing of the other's changes.
3. Why did the second one not wait? The lock was switched off.
4. Why? A lock was left behind by a cancelled run, and `-lock=false` got the pipeline going.

## Fix now
Stop all runs, `terraform plan` and compare it with what exists; bring back what the state has lost with `terraform import`, or restore
an older version of the state file.

## Workaround
`-lock-timeout=10m`: wait for the lock in place of ignoring it.

## Prevent
Remove `-lock=false` and `force-unlock` from pipelines; cancel no run that applies.

## Validate
Start two runs: the second one says *Acquiring state lock* and waits.

## Bad
```github
on: push
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -lock=false tfplan # finding
      - run: terraform force-unlock -force 1b2c # finding
```

## Good
```github
on: push
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform plan -lock=false
      - run: terraform apply -lock-timeout=10m tfplan
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands

_WRITING = frozenset({"apply", "destroy", "import", "state", "taint", "untaint", "refresh"})


@rule(
    target=KINDS,
    each=steps,
    severity=Severity.HIGH,
    symptoms=[r"Error acquiring the state lock", r"state data in S3 does not have the expected content"],
)
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    for call in made.invocations if made else ():
        if made is None or call.tool not in ("terraform", "tofu", "terragrunt"):
            continue
        if call.subcommand[:1] == ("force-unlock",):
            yield Fail(
                made.at(call.start, call.end), "a pipeline removes locks, whoever holds them", "a person who knows that no run is left"
            )
        elif set(call.subcommand) & _WRITING and any(it.name == "-lock" and it.value and it.value.text == "false" for it in call.options):
            yield Fail(made.at(call.start, call.end), "the state is written without its lock", "-lock-timeout=10m")
