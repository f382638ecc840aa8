"""Disks of a Vertex AI Workbench machine have no key of yours.

## Why it matters
Data scientists keep extracts of tables beside their notebooks. With `disk_encryption = "GMEK"`, which is what leaving it out means, a
`kms_key` in the same block is ignored.

## Five whys
1. Why do extracts lie under another key than the tables? The workbench's disks use Google's.
2. Why, when the code names a key? The method beside it is not CMEK.
3. Why? The two arguments look like one.

## Fix now
Make the instance anew with `disk_encryption = "CMEK"` and `kms_key` in `boot_disk` and `data_disks`; copy files through a bucket: `gcloud
storage cp -r /home/jupyter gs://BUCKET/lab`.

## Workaround
Read data from BigQuery and let notebooks keep nothing.

## Prevent
Both arguments in the module, from one variable.

## Validate
`gcloud workbench instances describe INSTANCE --location=ZONE --format="value(gceSetup.bootDisk.diskEncryption,gceSetup.bootDisk.kmsKey)"`
prints CMEK and your key.

## Bad
```hcl
resource "google_workbench_instance" "lab" {
  name     = "lab"
  location = "europe-west1-b"
  gce_setup {
    boot_disk {
      disk_encryption = "GMEK" # finding
    }
  }
}
```

## Good
```hcl
resource "google_workbench_instance" "lab" {
  name     = "lab"
  location = "europe-west1-b"
  gce_setup {
    boot_disk {
      disk_encryption = "CMEK"
      kms_key         = "projects/acme/locations/europe-west1/keyRings/ml/cryptoKeys/lab"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

_DISKS = ("boot_disk", "data_disks")


@rule(target="google_workbench_instance", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="CKV2_GCP_27")
def check(instance: Node) -> Iterator[Fail]:
    setup = instance.at("gce_setup")
    if setup.at("boot_disk").missing:
        yield Fail(setup, "disks of the workbench are encrypted with a key of Google's", expected="boot_disk.disk_encryption = CMEK")
    for path in _DISKS:
        for disk in setup.each(path):
            method = disk.at("disk_encryption")
            if method.missing or method.text != "CMEK":
                yield Fail(method, "the disk is encrypted with a key of Google's", expected="CMEK")
