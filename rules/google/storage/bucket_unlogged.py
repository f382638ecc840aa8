"""Requests to a bucket are written down nowhere.

## Why it matters
Audit logs of Cloud Storage leave out reads unless data access logging is switched on for the project, and they never see requests without
a login. Usage logs name every request with its address, and are often the only answer to "who fetched that file".

## Five whys
1. Why can nobody say whether the leaked file was fetched? No record of reads exists.
2. Why? The bucket has no usage log, and the project records no data access.
3. Why? Both are off until somebody asks for them.

## Fix now
`gcloud storage buckets update gs://BUCKET --log-bucket=gs://LOGS --log-object-prefix=BUCKET`, with
`group:cloud-storage-analytics@google.com` as `roles/storage.objectCreator` on the log bucket. Logs come once an hour.

## Workaround
Data access audit logs answer the same for callers with a login: set `DATA_READ` for `storage.googleapis.com` in the project's audit
configuration.

## Prevent
A log bucket per environment, passed to the bucket module.

## Validate
`gcloud storage buckets describe gs://BUCKET --format="value(logging_config)"` names the log bucket.

## Bad
```hcl
resource "google_storage_bucket" "exports" { # finding
  name     = "acme-exports"
  location = "EU"
}
```

## Good
```hcl
resource "google_storage_bucket" "exports" {
  name     = "acme-exports"
  location = "EU"
  logging {
    log_bucket = google_storage_bucket.logs.name
  }
}

resource "google_storage_bucket" "logs" {
  name     = "acme-access-logs"
  location = "EU"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="google_storage_bucket",
    severity=Severity.INFO,
    confidence=Confidence.LIKELY,
    aliases="CKV_GCP_62 AVD-GCP-0077 google-storage-enable-bucket-logging",
)
def check(bucket: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    logging = bucket.at("logging")
    if logging.present and logging.at("log_bucket").present:
        return
    if not graph.attached(resource, "logging.log_bucket", "google_storage_bucket"):
        yield Fail(logging, "requests to the bucket are not written down", expected="logging.log_bucket")
