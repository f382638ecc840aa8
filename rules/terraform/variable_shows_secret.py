r"""A variable for a secret is not marked as sensitive.

## Why it matters
Terraform prints values of variables in plans and errors. Marked as sensitive it prints `(sensitive value)` wherever
the value goes; unmarked, the log of the pipeline has the password.

## Five whys
1. Why does the password stand in the log of a plan? The plan showed a changed tag, or a template, with it.
2. Why was it not hidden? The variable is not marked.
3. Why not? The word "password" in its name means nothing to Terraform.

## Fix now
Add `sensitive = true`, and `sensitive = true` to outputs that then fail. Rotate what was printed.

## Workaround
Mask the value in the pipeline's log settings.

## Prevent
A check in reviews: variables that are named like secrets are marked; `ephemeral = true` (Terraform 1.10) keeps them
out of the state as well.

## Validate
`terraform plan` shows `(sensitive value)`.

## Bad
```hcl
variable "db_password" { # finding
  type = string
}
```

## Good
```hcl
variable "db_password" {
  type      = string
  sensitive = true
}

variable "password_length" {
  type = number
}

variable "require_token" {
  type = bool
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import secret_name


@rule(target="variable", severity=Severity.LOW, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    kind = body.at("type")
    if not secret_name(resource.address.text.rpartition(".")[2]) or (kind.present and kind.text != "string"):
        return
    marks = [body.at(name) for name in ("sensitive", "ephemeral")]
    if all(mark.missing or mark.flag is False for mark in marks):
        yield Fail(body, "nothing hides the secret in plans and errors", expected="sensitive = true")
