r"""A root module is kept without its lock file.

## Why it matters
The lock file fixes the versions and the checksums of providers. Without it each fresh checkout downloads what is
newest within the constraints, unchecked: plans differ between laptop and pipeline, and a replaced download is run
with our credentials.

## Five whys
1. Why did the pipeline plan changes that nobody made? It has another version of the provider.
2. Why? Each init chooses anew.
3. Why is the choice not kept? `.terraform.lock.hcl` is not in the repository.
4. Why not? It stands in `.gitignore`, together with `.terraform`.

## Fix now
Take it out of `.gitignore`, run `terraform providers lock -platform=linux_amd64 -platform=darwin_arm64` in the root
module, and commit the file.

## Workaround
Pin exact versions in `required_providers`.

## Prevent
Let the pipeline run `terraform init -lockfile=readonly`, which fails when the file is missing or does not match.

## Validate
`git ls-files .terraform.lock.hcl` prints it; `terraform init -lockfile=readonly` succeeds.

## Bad
```hcl
terraform { # finding
  required_version = "~> 1.11"
  backend "s3" {
    bucket       = "state"
    key          = "shop"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-west-1"
}
```

## Good
`main.tf`:
```hcl
terraform {
  required_version = "~> 1.11"
  backend "s3" {
    bucket       = "state"
    key          = "shop"
    encrypt      = true
    use_lockfile = true
  }
}

provider "aws" {
  region = "eu-west-1"
}
```
`.terraform.lock.hcl`:
```hcl
provider "registry.terraform.io/hashicorp/aws" {
  version = "5.100.0"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Severity, rule


@rule(target="terraform", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(settings: Node, graph: Graph) -> Iterator[Fail]:
    kept = settings.at("backend").present or settings.at("cloud").present
    configured = any(kind.startswith("provider.") for kind in graph.kinds)
    lock = settings.at("lock_file")
    if settings.at("root_module").flag is True and kept and configured and lock.missing:
        yield Fail(lock, "the versions and checksums of the providers are not kept", expected=".terraform.lock.hcl in the repository")
