"""A lifecycle rule moves objects to a class that does not take them yet.

## Why it matters
Standard-IA and One Zone-IA take objects from 30 days on. S3 refuses the whole lifecycle configuration with `InvalidArgument: 'Days' in
Transition action must be greater than or equal to 30`, so no other rule in it is set either.

## Five whys
1. Why did the apply stop half-way? S3 refused the lifecycle configuration.
2. Why? One transition to STANDARD_IA has fewer than 30 days.
3. Why was it not seen before? `terraform validate` and `plan` do not know this limit.

## Fix now
Set `days = 30` or more, or move to `INTELLIGENT_TIERING` or `GLACIER_IR`, which take objects from day 0.

## Workaround
Upload into the class itself: `aws s3 cp FILE s3://NAME/ --storage-class STANDARD_IA` has no such limit.

## Prevent
A `validation` on the module's variable for the days.

## Validate
`terraform apply` ends; `aws s3api get-bucket-lifecycle-configuration --bucket NAME` prints the transition.

## Bad
```hcl
resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = "documents-4711"
  rule {
    id     = "cheaper"
    status = "Enabled"
    filter {}
    transition {
      days          = 7 # finding
      storage_class = "STANDARD_IA"
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = "documents-4711"
  rule {
    id     = "cheaper"
    status = "Enabled"
    filter {}
    transition {
      days          = 30
      storage_class = "STANDARD_IA"
    }
    transition {
      days          = 0
      storage_class = "GLACIER_IR"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Resource, Severity, rule
from auditor.views.bucket import LIFECYCLES, lifecycle_rules

INFREQUENT = ("STANDARD_IA", "ONEZONE_IA")


@rule(target=LIFECYCLES, severity=Severity.MEDIUM, profile=Profile.GATE)
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    for one in lifecycle_rules(resource):
        for move in one.where.each("transition"):
            days = move.at("days")
            if days.present and days.number is not None and days.number < 30 and move.at("storage_class").text in INFREQUENT:
                yield Fail(days, "S3 refuses this transition before 30 days", expected="30 days or more")
