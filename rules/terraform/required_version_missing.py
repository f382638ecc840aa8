r"""A root module does not say which Terraform it is for.

## Why it matters
A newer Terraform writes the state in its own format, and an older one refuses it from then on: one run with a wrong
version on a laptop stops the pipeline. An older version may also read new syntax differently.

## Five whys
1. Why does the pipeline refuse the state? It was written by a newer Terraform.
2. Why was a newer one used? A laptop had it.
3. Why did it not refuse to run? The code does not say which version it needs.

## Fix now
Add `required_version = "~> 1.11.0"` with the version of the pipeline. If the state was written by a newer one
already, use that version, or restore the state's previous version from the bucket.

## Workaround
Run the newer version in the pipeline until all agree.

## Prevent
Keep `.terraform-version` beside it (tfenv, tenv), and let the pipeline read that.

## Validate
`terraform init` with another version says "Unsupported Terraform Core version".

## Bad
```hcl
terraform { # finding
  backend "s3" {
    bucket       = "state"
    key          = "shop"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
```

## Good
```hcl
terraform {
  required_version = "~> 1.11"
  backend "s3" {
    bucket       = "state"
    key          = "shop"
    region       = "eu-west-1"
    encrypt      = true
    use_lockfile = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Severity, rule


@rule(target="terraform", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(settings: Node, graph: Graph) -> Iterator[Fail]:
    version = settings.at("required_version")
    applied = settings.at("backend").present or settings.at("cloud").present or any(kind.startswith("provider.") for kind in graph.kinds)
    if settings.at("root_module").flag is True and version.missing and applied:
        yield Fail(version, "no version of Terraform is asked for", expected="required_version")
