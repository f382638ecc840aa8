r"""Terraform ignores every change of a resource.

## Why it matters
With `ignore_changes = all` the code is only true on the day of creation. A fix in the code, an encryption, a closed
port, is planned as "no changes", and what somebody opens by hand stays open without a word.

## Five whys
1. Why is the port still open, since the code was mended? The change was never applied.
2. Why not? The resource ignores all changes.
3. Why all? One attribute showed a difference at every plan.

## Fix now
List what really changes outside: run `terraform plan` with `ignore_changes = []`, see what it names, and ignore just
that, or adopt it in the code.

## Workaround
Change the attribute by hand, and in the code as well, until the list is there.

## Prevent
Refuse `ignore_changes = all` in reviews.

## Validate
A change of a tag in the code shows up in `terraform plan`.

## Bad
```hcl
resource "aws_security_group" "web" {
  name = "web"
  lifecycle {
    ignore_changes = all # finding
  }
}
```

## Good
```hcl
resource "aws_ecs_service" "web" {
  name = "web"
  lifecycle {
    ignore_changes = [desired_count]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule


@rule(target="*", severity=Severity.MEDIUM, facets=[Facet.WRITTEN])
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    if "all" in resource.ignored:
        yield Fail(
            resource.meta.at("lifecycle.ignore_changes"),
            "no change of the code is ever applied",
            expected="the attributes that change outside",
        )
