r"""A local value with the name of a secret is written in the code.

## Why it matters
Locals are part of the code: there is no way to set another value from outside. The secret is in every clone and in
the history, and is the same in all environments.

## Five whys
1. Why do test and production share a password? It is one local value.
2. Why a local? It was used in two places and written once.
3. Why not a variable? That would have meant to hand it in.

## Fix now
Change the secret, make it a variable without default and with `sensitive = true`, or read it from Secrets Manager.

## Workaround
Hand the new value in by `TF_VAR_name` until a secret store is there.

## Prevent
A secret scanner on push.

## Validate
`terraform console <<< local.NAME` prints `(sensitive value)`.

## Bad
```hcl
locals {
  region         = "eu-west-1"
  smtp_password  = "Tr0ub4dor-and-3" # finding
}
```

## Good
```hcl
variable "smtp_password" {
  type      = string
  sensitive = true
}

locals {
  smtp_password     = var.smtp_password
  password_length   = 32
  token_secret_name = "shop/token"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, secret_name, written, written_here


@rule(target="local", severity=Severity.MEDIUM, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    value = body.at("value")
    if not secret_name(resource.address.text.rpartition(".")[2]) or not isinstance(value.data, str):
        return
    text = written(resource, value)
    if text and not blank(text) and written_here(resource, value):
        yield Fail(conceal(value), "a secret is written in a local value", expected="a variable, or a secret store", actual="(sensitive)")
