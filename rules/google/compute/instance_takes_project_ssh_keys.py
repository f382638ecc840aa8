"""A machine accepts every SSH key of the project.

## Why it matters
A key in the project's metadata is a login with root rights on all machines that do not refuse it. One lost laptop, or one person who may
edit that metadata, then means all of them.

## Five whys
1. Why could a former colleague log in? Their key stands in the project's metadata.
2. Why does it open this machine? The machine does not block keys of the project.
3. Why not? Blocking is off until each machine asks for it.

## Fix now
`gcloud compute instances add-metadata INSTANCE --metadata=block-project-ssh-keys=TRUE`. Better: OS Login, which replaces keys in metadata
by IAM (`enable-oslogin=TRUE`).

## Workaround
Take the old keys out of the project: `gcloud compute project-info describe --format="value(commonInstanceMetadata.items)"`, then `gcloud
compute project-info add-metadata --metadata-from-file=ssh-keys=FILE`.

## Prevent
The organization policy `constraints/compute.requireOsLogin`.

## Validate
`gcloud compute instances describe INSTANCE --format="value(metadata.items)"` shows `block-project-ssh-keys` as TRUE, or OS Login is on.

## Bad
```hcl
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  metadata = {
    block-project-ssh-keys = false # finding
  }
}
```

## Good
```hcl
resource "google_compute_instance" "web" {
  name         = "web"
  machine_type = "e2-small"
  metadata = {
    block-project-ssh-keys = true
  }
}

resource "google_compute_instance" "oslogin" {
  name         = "oslogin"
  machine_type = "e2-small"
  metadata = {
    enable-oslogin = "TRUE"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.google.compute import FROM_TEMPLATE, INSTANCES, metadata_switch


@rule(
    target=INSTANCES,
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="CKV_GCP_32 AVD-GCP-0030 google-compute-no-project-wide-ssh-keys",
)
def check(instance: Node, resource: Resource) -> Iterator[Fail]:
    blocked = metadata_switch(instance, "block-project-ssh-keys")
    if blocked or metadata_switch(instance, "enable-oslogin") or (blocked is None and resource.kind == FROM_TEMPLATE):
        return
    where = instance.at("metadata").at("block-project-ssh-keys")
    yield Fail(where, "every SSH key in the project's metadata opens this machine", expected="block-project-ssh-keys = true")
