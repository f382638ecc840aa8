r"""The state of a root module is a local file.

## Why it matters
A local state is on one machine: a pipeline starts without it and creates everything again, two people overwrite each
other, and with the disk goes the knowledge of what belongs to whom. It is also a file full of secrets that gets
committed by mistake.

## Five whys
1. Why did the pipeline try to create the VPC a second time? It has no state.
2. Why not? The state is a file on the laptop that did the first apply.
3. Why there? There is no backend, so Terraform keeps it in the directory.

## Fix now
Add a backend (`s3` with `use_lockfile` and `encrypt`) and run `terraform init -migrate-state` where the file is. If
the state was committed, rotate the secrets in it.

## Workaround
Copy `terraform.tfstate` to a safe place before anything else, and let nobody but its owner apply.

## Prevent
Create the bucket for states first, with versioning, by a small root module of its own.

## Validate
`terraform state list` in a fresh clone after `terraform init` lists the resources.

## Bad
```hcl
terraform {
  required_version = "~> 1.11"
  backend "local" { # finding
    path = "terraform.tfstate"
  }
}
```
`main.tf`:
```hcl
provider "aws" {
  region = "eu-west-1"
}

terraform { # finding
  required_version = "~> 1.11"
}

resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
```
`.terraform.lock.hcl`:
```hcl
provider "registry.terraform.io/hashicorp/aws" {
  version = "5.100.0"
}
```

## Good
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
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Graph, Node, Severity, rule


@rule(target="terraform", severity=Severity.MEDIUM, confidence=Confidence.FIRM, facets=[Facet.WRITTEN])
def check(settings: Node, graph: Graph) -> Iterator[Fail]:
    backend = settings.at("backend")
    if settings.at("root_module").flag is not True or settings.at("cloud").present:
        return
    if backend.present:
        if backend.at("type").text == "local":
            yield Fail(backend, "the state is kept on the machine that applies", expected="a backend that all share")
        return
    # A lock file and a configured provider tell that this is applied, and not a module for others.
    if settings.at("lock_file").present and any(kind.startswith("provider.") for kind in graph.kinds):
        yield Fail(backend, "the state is kept on the machine that applies", expected="a backend that all share")
