r"""A secret is written as an argument of a module or resource.

## Why it matters
The value is in the repository, in every clone and in the history of all of them. Of modules and of providers whose
schema is not at hand only the name of the argument tells that it is a secret, so have a look first.

## Five whys
1. Why was the dashboard's password known outside? It stands in a module call.
2. Why there? The module asks for it.
3. Why was it not noticed? Reviews look at resources, and this is an argument among thirty.

## Fix now
Change the secret at the service; hand the new one in by a variable with `sensitive = true`, or from a secret store.
GitHub secrets take `encrypted_value`.

## Workaround
Set the value by hand and add `ignore_changes` for the argument.

## Prevent
A secret scanner on push; modules that take the name of a secret instead of its value.

## Validate
`git grep -n VALUE` finds nothing at the head, and the old value is refused by the service.

## Bad
```hcl
module "dashboard" {
  source         = "./dashboard"
  admin_password = "Tr0ub4dor-and-3" # finding
}
```
```hcl
resource "github_actions_secret" "deploy" {
  repository      = "shop"
  secret_name     = "DEPLOY"
  plaintext_value = "9f8a7d6c5b4e3f2a" # finding
}
```

## Good
```hcl
variable "admin_password" {
  type      = string
  sensitive = true
}

module "dashboard" {
  source            = "./dashboard"
  admin_password    = var.admin_password
  password_length   = 32
  token_secret_name = "shop/token"
}

resource "github_actions_secret" "deploy" {
  repository      = "shop"
  secret_name     = "DEPLOY"
  encrypted_value = "bm90IGEgc2VjcmV0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.secret import blank, conceal, secret_name, written, written_here

_OTHERS = ("aws_", "data.", "provider.", "variable", "output", "local", "terraform", "ephemeral.", "random_")
_NAMES = ("admin_pass", "plaintext_value", "root_pass")


@rule(
    target="*",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    facets=[Facet.WRITTEN],
    aliases="CKV_GIT_4 GIT-0002 CKV_OPENSTACK_4 OPNSTK-0001",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if resource.address.scheme != "tf" or resource.kind.startswith(_OTHERS) or "all" in resource.ignored:
        return
    for name in body.data if isinstance(body.data, dict) else ():
        if not (secret_name(name) or name in _NAMES) or name in resource.ignored:
            continue
        node = body.at(name)
        if isinstance(node.data, (dict, list)):
            continue
        text = written(resource, node)
        if text and not blank(text) and written_here(resource, node):
            yield Fail(conceal(node), f"{name} is written in the code", expected="a variable, or a secret store", actual="(sensitive)")
