r"""A module is named by a tag or version that can be moved.

## Why it matters
A tag can be set anew, and a release can be replaced by who has taken over the repository; only a commit hash names
exactly these bytes. Terraform's lock file does not cover modules.

## Five whys
1. Why did init fetch other code under the same version? The tag had been moved.
2. Why did nobody notice? The name was the same.
3. Why is the name trusted? Only hashes could be checked, and none is written.

## Fix now
Write the commit of the tag: `git ls-remote https://HOST/REPO.git v5.8.1` prints it; `?ref=HASH`, with the tag in a
comment.

## Workaround
Keep a copy of the module in a repository of your own.

## Prevent
Renovate can pin and raise commits and keep the tag in the comment.

## Validate
`terraform init` in a fresh clone, then `git -C .terraform/modules/NAME rev-parse HEAD`, prints the hash.

## Bad
```hcl
module "network" {
  source  = "terraform-aws-modules/vpc/aws" # finding
  version = "5.8.1"
}

module "logs" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-cloudwatch.git?ref=v5.3.1" # finding
}
```

## Good
```hcl
module "network" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=26c38a66f12e7c6c93b6a2ba127ad68981a48671"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule
from auditor.views.module_source import parse_source


@rule(target="module", severity=Severity.INFO, facets=[Facet.WRITTEN], aliases="CKV_TF_1")
def check(call: Node) -> Iterator[Fail]:
    written = call.at("source")
    source = parse_source(written.text or "")
    if source.form == "registry" and call.at("version").present:
        yield Fail(written, "a release of a registry can be replaced", expected="a commit")
    elif source.form == "git" and source.release and not source.commit:
        yield Fail(written, f"the tag {source.ref} can be moved", expected="a commit")
