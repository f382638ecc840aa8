r"""The backend of the state is given a key that stands in the code.

## Why it matters
Whoever reads the repository can read the state with it, and the state holds all passwords and keys in clear text; and
can write it, which makes the next apply destroy what the writer likes.

## Five whys
1. Why were all database passwords known? They were read from the state.
2. How was the state reached? With the key from the `backend` block.
3. Why is it there? Variables are not allowed in that block, and the environment was not thought of.

## Fix now
Disable the key, remove it from the block, and log in to the backend by the environment or a role (`assume_role` in
the s3 backend); then `terraform init -reconfigure`.

## Workaround
Hand it in at init: `terraform init -backend-config=backend.hcl`, with that file outside of the repository.

## Prevent
Give pipelines a role for the state, by OIDC.

## Validate
`terraform init` works without the key in the block, and with the old key answers 403.

## Bad
```hcl
terraform {
  backend "s3" {
    bucket     = "state"
    key        = "shop"
    access_key = "AKIAIOSFODNN7EXAMPLE" # finding
    secret_key = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY" # finding
  }
}
```

## Good
```hcl
terraform {
  backend "s3" {
    bucket       = "state"
    key          = "shop"
    use_lockfile = true
    encrypt      = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Severity, rule
from auditor.views.secret import conceal, secret_name


@rule(target="terraform", each="backend", severity=Severity.CRITICAL, profile=Profile.GATE, facets=[Facet.WRITTEN])
def check(backend: Node) -> Iterator[Fail]:
    for name, node in backend.entries():
        secret = secret_name(name) or (name == "conn_str" and "@" in str(node.data))
        if secret and not node.missing and (node.text or "") != "":
            yield Fail(
                conceal(node), f"{name} of the backend is written in the code", expected="a role, or the environment", actual="(sensitive)"
            )
