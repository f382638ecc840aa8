"""The disk of a machine is encrypted with a key that only Google controls.

## Why it matters
The boot disk holds what the machine needs to work: configuration, tokens, logs. With a key of yours in Cloud KMS, images and snapshots of
it are useless outside, and disabling the key stops every machine that uses it.

## Five whys
1. Why was the image of the machine readable elsewhere? Its disk has no key of ours.
2. Why? `kms_key_self_link` is not set, and Google's default applies.
3. Why not for this machine? Only data disks were thought of.

## Fix now
The key is chosen when a disk is created: snapshot the disk, create a new one with `gcloud compute disks create NEW --source-snapshot=SNAP
--kms-key=KEY`, and swap it (`gcloud compute instances detach-disk`, `attach-disk --boot`).

## Workaround
Machines without data of their own: suppress the rule with that reason.

## Prevent
The key in the instance template; `constraints/gcp.restrictNonCmekServices` in folders with such a duty.

## Validate
`gcloud compute disks list --filter="users:INSTANCE" --format="value(name,diskEncryptionKey.kmsKeyName)"` prints a key for each disk.

## Bad
```hcl
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  boot_disk { # finding
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
}
```

## Good
```hcl
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  boot_disk {
    kms_key_self_link = "projects/acme/locations/europe-west1/keyRings/disks/cryptoKeys/web"
    initialize_params {
      image = "debian-cloud/debian-12"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule

_KINDS = "google_compute_instance google_compute_instance_template google_compute_region_instance_template"
_KEYS = (
    "kms_key_self_link",
    "disk_encryption_key_raw",
    "disk_encryption_key_rsa",
    "disk_encryption_key.kms_key_self_link",
)


@rule(
    target=_KINDS,
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_GCP_38 AVD-GCP-0033 google-compute-vm-disk-encryption-customer-key",
)
def check(instance: Node, resource: Resource) -> Iterator[Fail]:
    disks = ("boot_disk",) if resource.kind == "google_compute_instance" else ("disk",)
    for path in disks:
        for disk in instance.each(path):
            if disk.at("source").missing and not any(_written(disk.at(key)) for key in _KEYS):
                yield Fail(disk, "the disk is encrypted with a key of Google's", expected="kms_key_self_link")


def _written(key: Node) -> bool:
    return key.unknown or (key.present and key.data != "")
