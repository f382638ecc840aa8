r"""Two applies can write the state at the same time.

## Why it matters
Without a lock the last writer wins: what the other apply created is forgotten, is created again the next time, or
stays and costs money, and nobody knows it. With applies in a pipeline and on laptops this happens within weeks.

## Five whys
1. Why do two load balancers exist, and the state knows one? Two applies ran at once.
2. Why could they? The backend has no lock.
3. Why not? S3 alone had none for years, and the DynamoDB table was left out.

## Fix now
Set `use_lockfile = true` (Terraform 1.10 and later), or `dynamodb_table` with a table whose key is `LockID`; then
`terraform init -reconfigure`. If states have diverged: take the older version of the object (`aws s3api
list-object-versions`) and `terraform import` what is missing.

## Workaround
Let the pipeline run one apply at a time (a concurrency group), and nobody else.

## Prevent
A template for backend blocks; versioning on the bucket, so that a state can be taken back.

## Validate
While an apply waits for its confirmation, a second `terraform plan` answers "Error acquiring the state lock".

## Bad
```hcl
terraform {
  required_version = "~> 1.11"
  backend "s3" { # finding
    bucket  = "state"
    key     = "shop"
    encrypt = true
  }
}
```

## Good
```hcl
terraform {
  required_version = "~> 1.11"
  backend "s3" {
    bucket         = "state"
    key            = "shop"
    encrypt        = true
    dynamodb_table = "locks"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Severity, rule


@rule(
    target="terraform",
    each="backend",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN],
    symptoms=["Error acquiring the state lock", "already exists"],
)
def check(backend: Node) -> Iterator[Fail]:
    if backend.at("type").text != "s3":
        return
    locked = backend.at("use_lockfile")
    if backend.at("dynamodb_table").missing and (locked.missing or locked.flag is not True):
        yield Fail(locked, "nothing keeps two applies from writing the state at once", expected="use_lockfile = true, or dynamodb_table")
