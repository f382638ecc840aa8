r"""A module accepts every later version.

## Why it matters
`>= 1.0` takes the next major release on the day it appears, with its incompatible changes. Modules are not in the
lock file, so a pipeline with a fresh checkout takes it without being asked.

## Five whys
1. Why did the plan want to recreate the load balancer? The module is a new major version.
2. Why did we take that? The constraint is `>= 5.0`.
3. Why so open? It was meant as "at least the one that works".

## Fix now
Use `~> 5.8` (later minor versions) or the exact version.

## Workaround
Pin the version that ran last: `.terraform/modules/modules.json` has it.

## Prevent
Raise versions by merge requests of Renovate or Dependabot.

## Validate
`terraform init -upgrade` takes no other major version.

## Bad
```hcl
module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = ">= 5.0" # finding
}
```

## Good
```hcl
module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = ">= 5.0, < 6.0"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule

_LOWER = re.compile(r"\s*(?:>=?|!=)\s*\S+\s*")


@rule(target="module", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(call: Node) -> Iterator[Fail]:
    version = call.at("version")
    if not version.missing and all(_LOWER.fullmatch(part) for part in (version.text or "~").split(",")):
        yield Fail(version, f"{version.text} accepts every later version", expected="an upper bound, as in ~> 5.8")
