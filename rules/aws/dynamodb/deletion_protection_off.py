"""A production table can be deleted with one call.

## Why it matters
A table whose key changes in the code is deleted and made anew by Terraform, empty. With deletion protection DynamoDB refuses that
(`ValidationException: Resource cannot be deleted as it is currently protected`), and the apply stops.

## Five whys
1. Why is the table empty? Terraform replaced it.
2. Why did it? The range key changed, which needs a new table.
3. Why did nothing stop that? `deletion_protection_enabled` is false, its default.

## Fix now
`aws dynamodb update-table --table-name T --deletion-protection-enabled`, at once and without effect on traffic; then the code.

## Workaround
`lifecycle { prevent_destroy = true }`.

## Prevent
On in the module; off by variable for tables of tests.

## Validate
`aws dynamodb describe-table --table-name T --query Table.DeletionProtectionEnabled` prints true.

## Bad
```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = false # finding
}
```

## Good
```hcl
resource "aws_dynamodb_table" "orders" {
  name                        = "orders"
  billing_mode                = "PAY_PER_REQUEST"
  hash_key                    = "id"
  deletion_protection_enabled = true
}

resource "aws_dynamodb_table" "terraform_locks" {
  name         = "terraform-locks"
  billing_mode = "PAY_PER_REQUEST"
  hash_key     = "LockID"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.database import non_production

LOCK_KEY = "LockID"
"""The hash key of the tables in which Terraform keeps its locks; losing one loses nothing."""


@rule(target="aws_dynamodb_table", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(table: Node, resource: Resource) -> Iterator[Fail]:
    protection = table.at("deletion_protection_enabled")
    if (protection.missing or not protection.flag) and table.at("hash_key").text != LOCK_KEY and not non_production(resource):
        yield Fail(protection, "the table can be deleted with one call", expected="true")
