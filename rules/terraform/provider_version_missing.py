r"""A provider is used in whatever version there is.

## Why it matters
Without a constraint, an init without the lock file (a new directory, an upgrade) takes the newest major version; the
AWS provider's majors remove arguments and change defaults. Modules without constraints cannot tell with which
versions they work.

## Five whys
1. Why does the plan fail with "unsupported argument"? The provider is a new major version.
2. Why did init take that? `required_providers` has no version for it.
3. Why none? Terraform finds official providers without any declaration.

## Fix now
Add the provider to `required_providers` with source and `~> MAJOR.MINOR` of the version in use (`terraform version`
prints it), and commit the lock file.

## Workaround
`terraform providers lock` fixes what init took, in `.terraform.lock.hcl`.

## Prevent
Constraints in every root module; minimum versions (`>=`) in shared modules.

## Validate
`terraform providers` shows a constraint for each provider.

## Bad
```hcl
terraform { # finding
  required_version = "~> 1.11"
}

provider "aws" {
  region = "eu-west-1"
}
```

## Good
```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 5.80"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Resource, Severity, rule


@rule(target="terraform", severity=Severity.LOW, confidence=Confidence.FIRM, facets=[Facet.WRITTEN])
def check(settings: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if settings.at("root_module").flag is not True or not _configures(graph):
        return
    for provider in settings.each("providers"):
        name = provider.text or ""
        required = settings.at("required_providers").at(name)
        version = required if isinstance(required.data, str) else required.at("version")
        if version.missing:
            yield Fail(required, f"no version of the provider {name} is asked for", expected=f"required_providers.{name}.version")


def _configures(graph: Graph) -> bool:
    """Whether this is a root module that is applied: one that configures a provider."""
    return any(kind.startswith("provider.") for kind in graph.kinds)
