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
resource "google_storage_bucket" "audit" {
  name     = "acme-audit-logs"
  location = "EU"
}

resource "google_logging_project_sink" "audit" {
  name        = "audit"
  destination = "storage.googleapis.com/${google_storage_bucket.audit.name}" # finding
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

_BUCKET = "google_storage_bucket"
_SINKS = """
google_logging_project_sink google_logging_folder_sink google_logging_organization_sink google_logging_billing_account_sink
"""


@rule(target=_SINKS, severity=Severity.MEDIUM, aliases="CKV2_GCP_4")
def check(sink: Node, graph: Graph) -> Iterator[Fail]:
    destination = sink.at("destination")
    for bucket in _buckets(destination, graph):
        locked = bucket.at("retention_policy.is_locked")
        if locked.missing or locked.flag is not True:
            message = "the logs can be deleted from their bucket: its retention policy is not locked"
            yield Fail(destination, message, expected="a bucket with a locked retention policy", related=(locked,))


def _buckets(destination: Node, graph: Graph) -> tuple[Resource, ...]:
    """The declared buckets that a sink writes into, by reference or by name."""
    found = graph.targets(destination, _BUCKET)
    if found or destination.missing:
        return found
    kind, _, name = (destination.text or "").partition("/")
    if kind != "storage.googleapis.com":
        return ()
    return tuple(bucket for bucket in graph.of(_BUCKET) if not bucket.at("name").unknown and bucket.at("name").text == name)
