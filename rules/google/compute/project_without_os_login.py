"""A project's machines do not use OS Login.

## Why it matters
Without it, whoever may edit metadata writes themselves a key, and gets a login with root rights on every machine. Keys stay after their
owners have left, and the log shows a Linux user name that says nothing.

## Five whys
1. Why can nobody say who ran that command as root? The login was by a key from the metadata, of user `admin`.
2. Why no personal login? The project's metadata does not switch OS Login on.
3. Why not? It is off by default in old projects.

## Fix now
`gcloud compute project-info add-metadata --metadata=enable-oslogin=TRUE`. Before that, give people `roles/compute.osLogin` or
`roles/compute.osAdminLogin`, or they are locked out.

## Workaround
Machine by machine: `gcloud compute instances add-metadata INSTANCE --metadata=enable-oslogin=TRUE`.

## Prevent
The organization policy `constraints/compute.requireOsLogin`.

## Validate
`gcloud compute project-info describe --format="value(commonInstanceMetadata.items)"` shows `enable-oslogin` as TRUE.

## Bad
```hcl
resource "google_compute_project_metadata" "this" {
  metadata = {
    enable-oslogin = false # finding
  }
}

resource "google_compute_project_metadata_item" "oslogin" {
  key   = "enable-oslogin"
  value = "FALSE" # finding
}
```

## Good
```hcl
resource "google_compute_project_metadata" "this" {
  metadata = {
    enable-oslogin = "TRUE"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule

_YES = frozenset({"true", "1", "yes", "y"})


@rule(
    target="google_compute_project_metadata google_compute_project_metadata_item",
    severity=Severity.MEDIUM,
    aliases="CKV_GCP_33 AVD-GCP-0042 google-compute-project-level-oslogin",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind == "google_compute_project_metadata":
        setting = body.at("metadata").at('["enable-oslogin"]')
    elif body.at("key").text == "enable-oslogin":
        setting = body.at("value")
    else:
        return
    if setting.missing or (setting.text or "").lower() not in _YES:
        yield Fail(setting, "machines of the project take SSH keys from metadata instead of OS Login", expected="enable-oslogin = TRUE")
