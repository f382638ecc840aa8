r"""The value of a secret is written in the code.

## Why it matters
Secrets Manager then is a detour: whoever reads the repository has the secret without asking it, no access is logged,
and a rotation is undone by the next apply.

## Five whys
1. Why did the rotation not help? The next apply put the old password back.
2. Why? `secret_string` holds it.
3. Why? The version was to be created with the secret, in one step.

## Fix now
Set a new value: `aws secretsmanager put-secret-value --secret-id ID --secret-string file://value.json`. Remove
`aws_secretsmanager_secret_version`, or keep it with a blank and `lifecycle { ignore_changes = [secret_string] }`.

## Workaround
Take the resource out of the state, so that applies leave the value alone: `terraform state rm
aws_secretsmanager_secret_version.NAME`.

## Prevent
Let Terraform create the secret and its policy, and people or a rotation its value. Generated values: `ephemeral
"random_password"` with `secret_string_wo`.

## Validate
`aws secretsmanager list-secret-version-ids --secret-id ID` shows a version that is newer than the last apply, and
`terraform plan` leaves it.

## Bad
```hcl
resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = "database"
  secret_string = "Tr0ub4dor-and-3" # finding
}
```
```hcl
resource "aws_secretsmanager_secret_version" "database" {
  secret_id = "database"
  secret_string = jsonencode({
    username = "app"
    password = "Tr0ub4dor-and-3" # finding
  })
}
```

## Good
```hcl
resource "random_password" "database" {
  length = 32
}

resource "aws_secretsmanager_secret_version" "database" {
  secret_id     = "database"
  secret_string = jsonencode({ username = "app", password = random_password.database.result })
}

resource "aws_secretsmanager_secret_version" "partner" {
  secret_id     = "partner"
  secret_string = "set by hand"
  lifecycle {
    ignore_changes = [secret_string]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, secret_name, written


@rule(target="aws_secretsmanager_secret_version", severity=Severity.HIGH, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for path in ("secret_string", "secret_binary", "secret_string_wo"):
        if {path, "all"} & set(resource.ignored):
            continue
        for node in _values(body.at(path)):
            text = written(resource, node)
            if text and not blank(text):
                yield Fail(
                    conceal(node),
                    "the value of a secret is written in the code",
                    expected="a value that is set outside",
                    actual="(sensitive)",
                )


def _values(node: Node) -> Iterator[Node]:
    """The secret parts of a structure, or the whole text."""
    inside = node.json()
    if inside.unknown or not isinstance(inside.data, dict):
        yield node
        return
    for name, value in inside.entries():
        if secret_name(name) and not isinstance(value.data, (dict, list)):
            yield value
