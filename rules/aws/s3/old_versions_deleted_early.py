"""Versions that were replaced are deleted within a week.

## Why it matters
Versions help only while they are there. A wrong job on Friday evening that is found on Monday of the next week finds nothing to go back
to when old versions live for three days.

## Five whys
1. Why can the overwritten files not be restored? Their old versions are deleted.
2. Why already? The lifecycle deletes what was replaced after a few days.
3. Why so early? The number was chosen for the bill, not for the time until damage is noticed.

## Fix now
Raise `noncurrent_days` to 30 or more; `newer_noncurrent_versions` caps the number of versions where an object changes often.

## Workaround
Suspend the rule (`status = "Disabled"`) while a restore is under way: the lifecycle runs once a day.

## Prevent
Take the number from how long an error stayed unnoticed last time.

## Validate
`aws s3api get-bucket-lifecycle-configuration --bucket NAME --query 'Rules[].NoncurrentVersionExpiration'` prints 30 or more.

## Bad
```hcl
resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = "documents-4711"
  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 1 # finding
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_lifecycle_configuration" "documents" {
  bucket = "documents-4711"
  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 30
    }
  }
}
```
"""

from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.bucket import LIFECYCLES, lifecycle_rules


@rule(target=LIFECYCLES, severity=Severity.LOW, confidence=Confidence.FIRM, options={"days": 7})
def check(_: Node, resource: Resource, options: Mapping[str, Any]) -> Iterator[Fail]:
    for one in lifecycle_rules(resource):
        days = one.old_versions
        if one.enabled and one.whole_bucket and days.present and days.number is not None and days.number < options["days"]:
            yield Fail(days, f"versions that were replaced are gone after {days.text} days", expected=f"{options['days']} days or more")
