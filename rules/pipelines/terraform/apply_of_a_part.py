"""A pipeline always applies a part of the configuration only.

## Why it matters
`-target` leaves out what is not named, `-refresh=false` what has changed outside. In a pipeline they stay: code and cloud drift apart
unseen, and the first full plan wants to change dozens of things at once.

## Five whys
1. Why does the plan want to change so much? It has not been applied as a whole for months.
2. Why not? The pipeline applies one module only.
3. Why? `-target` got it past an error once.
4. Why is it still there? The pipeline has been green since.

## Fix now
`terraform plan` without the option, and look at what it shows.

## Workaround
Split the configuration: what is applied on its own gets a root of its own.

## Prevent
`-target` and `-refresh=false` by hand only, for the one time.

## Validate
`terraform plan` without options shows no changes.

## Bad
```github
on: push
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve -target=module.web # finding
```

## Good
```github
on: push
jobs:
  apply:
    runs-on: ubuntu-24.04
    steps:
      - run: terraform apply -auto-approve
      - run: terraform apply -auto-approve -target="$TARGET"
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Severity, rule
from auditor.views.pipeline import KINDS, steps
from auditor.views.pipeline.model import Step
from auditor.views.pipeline.shell import commands

_TOOLS = ("terraform", "tofu", "terragrunt")


@rule(target=KINDS, each=steps, severity=Severity.LOW, symptoms=[r"Resource targeting is in effect", r"Applied changes may be incomplete"])
def check(step: Step) -> Iterator[Fail]:
    made = commands(step)
    for call in made.invocations if made else ():
        if made is None or call.tool not in _TOOLS or call.subcommand[:1] != ("apply",):
            continue
        parts = [it for it in call.options if it.name in ("-target", "--target") and it.value is not None and it.value.literal]
        old = [it for it in call.options if it.name == "-refresh" and it.value is not None and it.value.text == "false"]
        for option in (*parts, *old)[:1]:
            yield Fail(
                made.at(call.start, call.end),
                f"{option.name} is always given, so that the rest is never applied",
                "the whole configuration",
            )
