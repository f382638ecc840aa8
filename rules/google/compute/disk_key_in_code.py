"""The key that encrypts a disk stands in plain text in the code.

## Why it matters
Everybody who reads the repository, its history, the plan or the state has the key. And the key cannot be changed: a disk keeps it for
life, so taking it out of the code does not help.

## Five whys
1. Why can a former employee decrypt the disk's copy? They have the key from the repository.
2. Why is it there? `raw_key` was given as text.
3. Why? A key of one's own was required, and Cloud KMS was not set up.

## Fix now
Make a new disk with a key in Cloud KMS and copy over: `gcloud compute snapshots create SNAP --source-disk=DISK
--csek-key-file=keys.json`, `gcloud compute disks create NEW --source-snapshot=SNAP --kms-key=KEY --csek-key-file=keys.json`. Delete the
old disk and its snapshots.

## Workaround
Read the key from Secret Manager through a sensitive variable until then; it stays in the state, so restrict who reads that.

## Prevent
`kms_key_self_link` only, and a secret scanner before each commit.

## Validate
`git log -S raw_key --oneline` shows no text as its value, and `gcloud compute disks describe DISK --format="yaml(diskEncryptionKey)"`
names a KMS key.

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

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.secret import conceal, written

_KINDS = """
google_compute_disk google_compute_region_disk google_compute_snapshot google_compute_image
google_compute_instance google_compute_instance_from_template
"""
_PATHS = (
    "disk_encryption_key.raw_key",
    "source_image_encryption_key.raw_key",
    "source_snapshot_encryption_key.raw_key",
    "snapshot_encryption_key.raw_key",
    "source_disk_encryption_key.raw_key",
    "image_encryption_key.raw_key",
    "boot_disk.disk_encryption_key_raw",
    "attached_disk.disk_encryption_key_raw",
)


@rule(target=_KINDS, severity=Severity.HIGH, aliases="AVD-GCP-0037 google-compute-disk-encryption-no-plaintext-key")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for path in _PATHS:
        for key in body.each(path):
            if written(resource, key):
                yield Fail(conceal(key), "the disk's encryption key stands in the code", expected="a key in Cloud KMS", secret=True)
