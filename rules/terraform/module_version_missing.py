r"""A module is taken in whatever version there is.

## Why it matters
Without a version each `terraform init` takes the newest: the head of a branch, the latest release. The same commit of
our code then plans different changes on different days, and a takeover of the module's repository runs in our
pipeline at once.

## Five whys
1. Why did the pipeline replace the database subnet group without any change of ours? The module had changed.
2. Why did we get the change? The source names no version.
3. Why none? The line was copied from a README.
4. Why did nothing warn? The lock file covers providers, not modules.

## Fix now
Take the version that is running: it stands in `.terraform/modules/modules.json` of the last good checkout. Write it:
`version = "5.8.1"` for a registry, `?ref=v5.8.1` or a commit for git. Then `terraform init -upgrade` and a plan
without changes.

## Workaround
Copy the module into the repository (`vendor/`) as it was, and point `source` there.

## Prevent
Let Renovate or Dependabot raise versions by merge requests, with the plan as their test.

## Validate
`terraform init` in a fresh clone prints the same version twice; `terraform plan` has no changes.

## Bad
```hcl
module "network" {
  source = "terraform-aws-modules/vpc/aws" # finding
}
```
```hcl
module "network" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=master" # finding
}
```

## Good
```hcl
module "network" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "5.8.1"
}

module "logs" {
  source = "git::https://github.com/terraform-aws-modules/terraform-aws-cloudwatch.git//modules/log-group?ref=v5.3.1"
}

module "own" {
  source = "./modules/own"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Severity, rule
from auditor.views.module_source import parse_source


@rule(target="module", severity=Severity.MEDIUM, facets=[Facet.WRITTEN], aliases="CKV_TF_1 CKV_TF_2")
def check(call: Node) -> Iterator[Fail]:
    written = call.at("source")
    source = parse_source(written.text or "")
    if source.form == "registry" and call.at("version").missing:
        yield Fail(written, "every init takes the newest release of the module", expected="a version")
    elif source.form == "git" and not source.commit and not source.release:
        taken = f"whatever {source.ref} is" if source.ref else "the head of the repository"
        yield Fail(written, f"every init takes {taken}", expected="a tag with a version, or a commit")
