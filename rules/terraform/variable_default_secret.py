r"""A variable for a secret has a default.

## Why it matters
A default makes the secret part of the code, and makes forgetting harmless-looking: an environment that sets nothing
gets the known password, and works.

## Five whys
1. Why did production run with the test password? It was not set, and the default was taken.
2. Why is there a default? Plans failed without one.
3. Why was a real value used for it? It was meant for the test environment.

## Fix now
Remove the default and set `sensitive = true`; hand the value in by the pipeline (`TF_VAR_name` from its secret
store). Change the password wherever the default was taken.

## Workaround
Add a `validation` that refuses the old value, so that no environment keeps it.

## Prevent
No defaults for secrets: a plan that fails for lack of a value is what one wants.

## Validate
`terraform plan` without the variable asks for it; `grep -rn "variable.*password" -A4 --include=*.tf` shows no
default.

## Bad
```hcl
variable "db_password" {
  type    = string
  default = "hunter2hunter2" # finding
}
```
```hcl
variable "license" {
  type      = string
  sensitive = true
  default   = "A1B2-C3D4-E5F6" # finding
}
```

## Good
```hcl
variable "db_password" {
  type      = string
  sensitive = true
}

variable "api_token" {
  type    = string
  default = ""
}

variable "secret_name" {
  type    = string
  default = "shop/database"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, secret_name, written


@rule(target="variable", severity=Severity.MEDIUM, confidence=Confidence.LIKELY, facets=[Facet.WRITTEN])
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    name = resource.address.text.rpartition(".")[2]
    sensitive = body.at("sensitive")
    default = body.at("default")
    if not secret_name(name) and (sensitive.missing or sensitive.flag is not True):
        return
    if not isinstance(default.data, str):
        return
    text = written(resource, default)
    if text and not blank(text):
        yield Fail(conceal(default), "a secret has a default", expected="no default, and sensitive = true", actual="(sensitive)")
