"""A bucket writes its access log into itself.

## Why it matters
Whoever may delete or overwrite objects may then delete the record of having done so, and lifecycle rules meant for the data end the log
as well. Listings and sync jobs over the bucket trip over the log files.

## Five whys
1. Why is the log of the incident missing? It stood in the bucket that was emptied.
2. Why there? `log_bucket` is the bucket's own name.
3. Why? A second bucket was thought not to be worth it.

## Fix now
`gcloud storage buckets update gs://BUCKET --log-bucket=gs://LOGS`, to a bucket that only the security team may delete from. Move the old
files: `gcloud storage mv "gs://BUCKET/BUCKET_usage_*" gs://LOGS/`.

## Workaround
Lock what is there: a retention policy on the bucket also holds the log files, and the data with them.

## Prevent
One log bucket per environment in a project of its own; the module takes its name as an argument.

## Validate
`gcloud storage buckets describe gs://BUCKET --format="value(logging_config.logBucket)"` prints another name.

## Bad
```hcl
resource "google_storage_bucket" "exports" {
  name     = "acme-exports"
  location = "EU"
  logging {
    log_bucket = "acme-exports" # finding
  }
}
```

## Good
```hcl
resource "google_storage_bucket" "exports" {
  name     = "acme-exports"
  location = "EU"
  logging {
    log_bucket = "acme-access-logs"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="google_storage_bucket", severity=Severity.MEDIUM, aliases="CKV_GCP_63")
def check(bucket: Node) -> Iterator[Fail]:
    target = bucket.at("logging.log_bucket")
    if target.present and target.text and target.text == bucket.at("name").text:
        yield Fail(target, "the bucket writes its access log into itself", expected="another bucket")
