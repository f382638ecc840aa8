r"""A plan runs a program.

## Why it matters
`data "external"` runs its program at every plan, before anybody has approved anything. A merge request that changes
the program runs code of its author with the credentials of the plan.

## Five whys
1. Why did credentials of the pipeline appear elsewhere? A program in the repository sent them.
2. Why did it run before the review? A data source runs it at plan time.
3. Why does the plan of a merge request have credentials? It has to read the state.

## Fix now
Replace it by a data source of a provider, or a value that the pipeline hands in. What remains: run plans of merge
requests with read-only credentials, and only after approval for strangers.

## Workaround
Forbid plans for merge requests from forks.

## Prevent
A CODEOWNERS entry for the scripts that plans run.

## Validate
`terraform providers | grep external` prints nothing.

## Bad
```hcl
data "external" "version" {
  program = ["python3", "version.py"] # finding
}
```

## Good
```hcl
variable "app_version" {
  type = string
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule


@rule(target="data.external", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(body: Node) -> Iterator[Fail]:
    yield Fail(
        body.at("program"),
        "every plan runs this program, with the credentials of the plan",
        expected="a provider's data source, or a variable",
    )
