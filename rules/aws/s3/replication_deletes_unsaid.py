"""A replication does not say whether deletions are carried over.

## Why it matters
What happens to the copy when somebody deletes an object is a decision: with `delete_marker_replication` the copy disappears from sight
too, without it the copy stays. Rules in the form with `filter` do nothing unless they say so, and rules in the old form without it do:
two teams read the same silence in opposite ways, and notice it when they need the copy.

## Five whys
1. Why are deleted documents still in the other region? Delete markers are not copied.
2. Why not? The rule does not say `delete_marker_replication`.
3. Why? Nobody decided it; the example had no such block.

## Fix now
Write the decision: `delete_marker_replication { status = "Enabled" }` for a mirror, `"Disabled"` for a copy that survives mistakes.

## Workaround
A lifecycle rule on the copy that expires what is old.

## Prevent
The block in the module, with a variable that has no default.

## Validate
Delete a test object, and list the copy after a minute: `aws s3api list-object-versions --bucket COPY --prefix test`.

## Bad
```hcl
resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = "documents"
  role   = "arn:aws:iam::111122223333:role/replication"
  rule { # finding
    id     = "all"
    status = "Enabled"
    filter {
      prefix = ""
    }
    destination {
      bucket = "arn:aws:s3:::documents-copy"
    }
  }
}
```

## Good
```hcl
resource "aws_s3_bucket_replication_configuration" "documents" {
  bucket = "documents"
  role   = "arn:aws:iam::111122223333:role/replication"
  rule {
    id     = "all"
    status = "Enabled"
    filter {
      prefix = ""
    }
    delete_marker_replication {
      status = "Disabled"
    }
    destination {
      bucket = "arn:aws:s3:::documents-copy"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Severity, rule
from auditor.views.bucket import is_on


@rule(
    target="aws_s3_bucket_replication_configuration",
    each="rule",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    facets=(Facet.WRITTEN, Facet.PLANNED),
)
def check(one: Node) -> Iterator[Fail]:
    said = one.at("delete_marker_replication.status")
    if is_on(one.at("status")) and one.at("filter").present and said.missing:
        yield Fail(said, "nothing says whether the copy of a deleted object goes as well", expected="Enabled or Disabled")
