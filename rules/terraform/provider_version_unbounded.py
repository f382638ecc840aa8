r"""A provider accepts every later version, and no lock file holds it.

## Why it matters
With `>= 5.0` alone, a pipeline that starts from a fresh clone takes the next major version on the day it is
published. Major versions of providers remove arguments and change how resources are read.

## Five whys
1. Why did all plans fail on Monday? The provider's new major version does not know an argument.
2. Why did we get it? The constraint has no upper end.
3. Why did the lock file not hold it? There is none in the repository.

## Fix now
Write `~> 5.80`, run `terraform init` and commit `.terraform.lock.hcl`.

## Workaround
Hand the old version in for now: `version = "5.80.0"`.

## Prevent
Commit lock files of root modules; let Renovate raise them.

## Validate
`git ls-files .terraform.lock.hcl` prints the file, and `terraform init` changes nothing in it.

## Bad
```hcl
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0" # finding
    }
  }
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
      version = ">= 5.0, < 6.0"
    }
  }
}

provider "aws" {
  region = "eu-west-1"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Graph, Node, Severity, rule

_LOWER = re.compile(r"\s*(?:>=?|!=)\s*\S+\s*")


@rule(target="terraform", severity=Severity.LOW, facets=[Facet.WRITTEN])
def check(settings: Node, graph: Graph) -> Iterator[Fail]:
    root = settings.at("root_module").flag is True and any(kind.startswith("provider.") for kind in graph.kinds)
    if not root or settings.at("lock_file").present:
        return
    for _, required in settings.at("required_providers").entries():
        version = required if isinstance(required.data, str) else required.at("version")
        if not version.missing and all(_LOWER.fullmatch(part) for part in (version.text or "~").split(",")):
            yield Fail(version, f"{version.text} accepts every later version", expected="an upper bound, as in ~> 5.80, or a lock file")
