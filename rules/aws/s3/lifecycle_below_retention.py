"""Objects are deleted before the time that the tag of their bucket promises.

## Why it matters
The tag says how long the data has to be kept, the lifecycle rule is what really happens. When the rule is shorter, documents that an
auditor may ask for are gone, without a trace and without a way back.

## Five whys
1. Why are the invoices of 2024 gone? A lifecycle rule deleted them.
2. Why, when they have to be kept for ten years? The rule says 365 days.
3. Why do they differ? The tag was set by the people who know the law, the rule by those who know the bill.

## Fix now
Switch the rule off before the next run (once a day, at midnight UTC): `aws s3api put-bucket-lifecycle-configuration --bucket B
--lifecycle-configuration file://rules.json` with `"Status": "Disabled"`.

## Workaround
Move old objects to a cheaper class (`GLACIER_IR`, `DEEP_ARCHIVE`) rather than deleting them.

## Prevent
Compute both from one variable. Object Lock with a default retention makes the promise one that nobody can break.

## Validate
`aws s3api get-bucket-lifecycle-configuration --bucket B` shows no expiration below the tag. The option `tags` names the tags that are
read; their values are days (`365`, `365d`), months (`18m`) or years (`10y`).

## Bad
```hcl
resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
  tags   = { Retention = "10y" }
}

resource "aws_s3_bucket_lifecycle_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 365 # finding
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket" "invoices" {
  bucket = "invoices"
  tags   = { Retention = "10y" }
}

resource "aws_s3_bucket_lifecycle_configuration" "invoices" {
  bucket = aws_s3_bucket.invoices.id
  rule {
    id     = "old"
    status = "Enabled"
    filter {}
    expiration {
      days = 3650
    }
  }
}
```
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule
from auditor.views.bucket import LIFECYCLES, Bucket, lifecycle_rules, named_bucket

TIME = re.compile(r"\s*(\d{1,5})\s*(d|days?|m|months?|y|years?)?\s*", re.IGNORECASE)
DAYS = {"d": 1, "m": 30, "y": 365}


@rule(
    target=LIFECYCLES,
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    options={"tags": ["retention", "retention-period", "retention_period", "data-retention", "retentiondays", "retention_days"]},
)
def check(_: Node, resource: Resource, graph: Graph, options: Mapping[str, Any]) -> Iterator[Fail]:
    bucket = Bucket(resource, graph) if resource.kind == "aws_s3_bucket" else named_bucket(resource, graph)
    promised = _promised(bucket.resource, options["tags"]) if bucket is not None else None
    if promised is None:
        return
    least, tag = promised
    for one in lifecycle_rules(resource):
        days = one.expiration
        if one.enabled and one.whole_bucket and days.present and days.number is not None and 0 < days.number < least:
            message = f"objects are deleted after {days.number:g} days, the tag of the bucket promises {tag.text}"
            yield Fail(days, message, expected=f"at least {least}", related=(tag,))


def _promised(bucket: Resource, names: list[str]) -> tuple[int, Node] | None:
    """(days that the bucket's tag promises, the tag); None when no tag does."""
    table = bucket.at("tags")
    for key, node in table.entries() if table.present else ():
        found = TIME.fullmatch(node.text or "") if key.lower() in names else None
        if found:
            return int(found[1]) * DAYS[(found[2] or "d")[0].lower()], node
    return None
