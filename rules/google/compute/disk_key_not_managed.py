"""A disk's key is supplied by hand instead of being kept in Cloud KMS.

## Why it matters
Google does not store a supplied key. Whoever loses it has lost the disk, it is never rotated, no log shows its use, and each machine that
starts needs somebody to hand it over.

## Five whys
1. Why can the disk not be attached any more? Nobody has its key.
2. Why does Google not have it? It was supplied by the customer, and only used in passing.
3. Why that way? It looked like the stricter one.

## Fix now
While the key is at hand: `gcloud compute snapshots create SNAP --source-disk=DISK --csek-key-file=keys.json`, then `gcloud compute disks
create NEW --source-snapshot=SNAP --csek-key-file=keys.json --kms-key=KEY`, and swap the disks.

## Workaround
Keep the key in two places, one of them Secret Manager, and try it once a quarter.

## Prevent
A disk module with `kms_key_self_link` as its only way.

## Validate
`gcloud compute disks describe DISK --format="value(diskEncryptionKey.kmsKeyName)"` prints a key of Cloud KMS.

## Bad
```hcl
resource "google_compute_disk" "data" {
  name = "data"
  disk_encryption_key {
    raw_key = "SGVsbG8gZnJvbSBHb29nbGUgQ2xvdWQgUGxhdGZvcm0=" # finding
  }
}
```

## Good
```hcl
resource "google_compute_disk" "data" {
  name = "data"
  disk_encryption_key {
    kms_key_self_link = "projects/acme/locations/europe-west1/keyRings/disks/cryptoKeys/data"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.secret import conceal


@rule(
    target="google_compute_disk google_compute_region_disk",
    severity=Severity.LOW,
    aliases="AVD-GCP-0034 google-compute-disk-encryption-customer-key",
)
def check(disk: Node) -> Iterator[Fail]:
    key = disk.at("disk_encryption_key.raw_key")
    if key.present:
        message = "the disk's key is supplied by hand, not kept in Cloud KMS"
        yield Fail(conceal(key), message, expected="kms_key_self_link", secret=True)
