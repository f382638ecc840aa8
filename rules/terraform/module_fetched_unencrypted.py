r"""A module is fetched without encryption.

## Why it matters
Who sits between us and the server can put other code into the answer; that code runs with the rights of the pipeline
at the next apply.

## Five whys
1. Why was there an unknown resource in the plan? It came with the module.
2. Why, since the repository is clean? The answer was changed on the way.
3. Why could it be? The source begins with `http://` or `git://`.

## Fix now
Use `https://` or `ssh`. If the server offers neither, take a copy into a repository that does.

## Workaround
Check what is there now: compare `.terraform/modules/NAME` with the repository.

## Prevent
Allow only named hosts as module sources in the pipeline's network.

## Validate
`terraform init` works, and `grep -rn "http://" --include=*.tf` finds no source.

## Bad
```hcl
module "network" {
  source = "http://modules.example.com/network.zip" # finding
}
```

## Good
```hcl
module "network" {
  source = "https://modules.example.com/network-1.4.0.zip"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule
from auditor.views.module_source import parse_source


@rule(target="module", severity=Severity.HIGH, facets=[Facet.WRITTEN])
def check(call: Node) -> Iterator[Fail]:
    written = call.at("source")
    if parse_source(written.text or "").plain:
        yield Fail(written, "the module is fetched in clear text", expected="https or ssh")
