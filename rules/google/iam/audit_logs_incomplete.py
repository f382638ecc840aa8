"""A project does not record who read its data and settings.

## Why it matters
Google records changes always, and reads only on request. Without them nobody can say after a leak which tables, secrets and objects were
looked at, or that somebody went through the settings the week before.

## Five whys
1. Why can the extent of the leak not be told? No record of reads exists.
2. Why? Data access logs are off, or leave some members out.
3. Why? They cost storage, and were meant to be switched on later.

## Fix now
`gcloud projects get-iam-policy PROJECT > policy.yaml`, add `auditConfigs` with `service: allServices` and the log types `ADMIN_READ`,
`DATA_READ` and `DATA_WRITE` without exempted members, then `gcloud projects set-iam-policy PROJECT policy.yaml`.

## Workaround
When cost forbids it: single services with the sensitive data (`storage.googleapis.com`, `bigquery.googleapis.com`,
`secretmanager.googleapis.com`), and an exclusion filter on the `_Default` sink.

## Prevent
Set it once on the organization (`google_organization_iam_audit_config`), which every project inherits, and suppress this rule with that
reason.

## Validate
`gcloud projects get-iam-policy PROJECT --format="yaml(auditConfigs)"` shows the types for `allServices`.

## Bad
```hcl
resource "google_project" "crm" { # finding
  name       = "crm"
  project_id = "acme-crm"
}

resource "google_project_iam_audit_config" "crm" {
  project = google_project.crm.project_id
  service = "allServices"
  audit_log_config {
    log_type         = "DATA_READ"
    exempted_members = ["user:jane@example.com"]
  }
}
```

## Good
```hcl
resource "google_project" "crm" {
  name       = "crm"
  project_id = "acme-crm"
}

resource "google_project_iam_audit_config" "crm" {
  project = google_project.crm.project_id
  service = "allServices"
  audit_log_config {
    log_type = "ADMIN_READ"
  }
  audit_log_config {
    log_type = "DATA_READ"
  }
  audit_log_config {
    log_type = "DATA_WRITE"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

_TYPES = ("ADMIN_READ", "DATA_READ")


@rule(target="google_project", severity=Severity.MEDIUM, aliases="CKV2_GCP_5")
def check(project: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    configs = graph.attached(resource, "project", "google_project_iam_audit_config")
    whole = [config for config in configs if config.at("service").text == "allServices"]
    if not whole:
        yield Fail(
            project, "reads of data and settings are not in the audit log of all services", expected="an audit config for allServices"
        )
        return
    kept = {log.at("log_type").text for config in whole for log in config.each("audit_log_config") if log.at("exempted_members").missing}
    if missing := [kind for kind in _TYPES if kind not in kept]:
        yield Fail(project, f"{' and '.join(missing)} are not recorded for everybody", related=tuple(config.body for config in whole))
