"""Logs are exported to a bucket whose retention is not locked.

## Why it matters
An intruder with the right to write the bucket's settings shortens the retention and deletes the traces; so does a well-meant clean-up. A
locked retention policy can only be lengthened, by nobody shortened, not even by an owner.

## Five whys
1. Why are the audit logs of that week gone? They were deleted from the bucket.
2. Why was that possible? The bucket has no locked retention policy.
3. Why not? Locking cannot be undone, so it was put off.

## Fix now
Set the duration first, then lock it: `gcloud storage buckets update gs://LOGS --retention-period=365d` and `gcloud storage buckets update
gs://LOGS --lock-retention-period`. The lock is final, so test the duration with the unlocked policy for a day.

## Workaround
An unlocked retention policy already stops every deletion before its time; only changing the policy itself stays possible.

## Prevent
A project for logs in which nobody works, with the sink of the organization as its only writer.

## Validate
`gcloud storage buckets describe gs://LOGS --format="value(retention_policy.isLocked)"` prints True.

## Bad
```hcl
resource "google_storage_bucket" "audit" { # finding
  name     = "acme-audit-logs"
  location = "EU"
}

resource "google_logging_project_sink" "audit" {
  name        = "audit"
  destination = "storage.googleapis.com/${google_storage_bucket.audit.name}"
}
```

## Good
```hcl
resource "google_storage_bucket" "audit" {
  name     = "acme-audit-logs"
  location = "EU"
  retention_policy {
    retention_period = 31536000
    is_locked        = true
  }
}

resource "google_logging_project_sink" "audit" {
  name        = "audit"
  destination = "storage.googleapis.com/${google_storage_bucket.audit.name}"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

_SINKS = (
    "google_logging_project_sink",
    "google_logging_folder_sink",
    "google_logging_organization_sink",
    "google_logging_billing_account_sink",
)


@rule(target="google_storage_bucket", severity=Severity.MEDIUM, aliases="CKV2_GCP_4")
def check(bucket: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    sinks = _sinks(bucket, resource, graph)
    locked = bucket.at("retention_policy.is_locked")
    if sinks and (locked.missing or locked.flag is not True):
        message = "logs that a sink writes here can be deleted: the retention policy is not locked"
        yield Fail(locked, message, expected="retention_policy.is_locked = true", related=tuple(sinks))


def _sinks(bucket: Node, resource: Resource, graph: Graph) -> list[Node]:
    """The destinations of the log sinks that write into this bucket."""
    name = bucket.at("name")
    known = "" if name.unknown or name.missing else name.text or ""
    found = []
    for sink in graph.of(*_SINKS):
        destination = sink.at("destination")
        named = known and not destination.unknown and destination.text == f"storage.googleapis.com/{known}"
        if named or resource in graph.targets(destination, "google_storage_bucket"):
            found.append(destination)
    return found
