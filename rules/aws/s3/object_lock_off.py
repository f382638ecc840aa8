"""Object Lock is written for a bucket, and turned off.

## Why it matters
A block for Object Lock says that objects must not be deleted for a time. With anything but `Enabled` in it nothing is locked, while the
code looks as if it were.

## Five whys
1. Why could the audit logs be deleted within their retention? The bucket has no Object Lock.
2. Why not, though the code has the block? Its switch is off.
3. Why? The module passes a variable whose default is off.

## Fix now
Set `object_lock_enabled = true` on the bucket and a default retention in `aws_s3_bucket_object_lock_configuration`. Versioning has to be
on; for a bucket that exists: `aws s3api put-object-lock-configuration --bucket NAME --object-lock-configuration file://lock.json`.

## Workaround
Deny `s3:DeleteObject*` to everybody but one role in the bucket policy until the lock is on.

## Prevent
Let the module for audit data write the lock itself, without a variable for it.

## Validate
`aws s3api get-object-lock-configuration --bucket NAME` prints `Enabled` and the retention.

## Bad
```hcl
resource "aws_s3_bucket" "audit" {
  bucket              = "audit-4711"
  object_lock_enabled = false # finding
}
```

## Good
```hcl
resource "aws_s3_bucket" "audit" {
  bucket              = "audit-4711"
  object_lock_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Severity, rule
from auditor.views.bucket import is_on


@rule(
    target="aws_s3_bucket",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN],
    aliases="CKV_AWS_143",
)
def check(bucket: Node) -> Iterator[Fail]:
    """A state lists the switch for every bucket; only code says that somebody thought of it."""
    for path in ("object_lock_enabled", "object_lock_configuration.object_lock_enabled"):
        switch = bucket.at(path)
        if switch.present and not is_on(switch):
            yield Fail(switch, "Object Lock is turned off", expected="Enabled")
