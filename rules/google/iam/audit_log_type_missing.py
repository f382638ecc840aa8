"""Not all three types of data access are in the project's audit log.

## Why it matters
`ADMIN_READ` shows who looked at settings, `DATA_READ` who read data, `DATA_WRITE` who changed it. An investigation needs all three, for
all services: an intruder chooses the service that is not recorded.

## Five whys
1. Why does the log end where the intruder turned to another service? Only one service is recorded.
2. Why? The audit configuration names it alone, or leaves a type out.
3. Why was the rest left out? The first finding of an audit was about that service.

## Fix now
Write one `google_project_iam_audit_config` with `service = "allServices"` and an `audit_log_config` for each of the three types. What
must be left out for its volume goes into `exempted_members` with named service accounts.

## Workaround
An exclusion on the sink keeps the cost down without losing the stream for routing: `gcloud logging sinks update _Default
--add-exclusion=name=reads,filter='protoPayload.methodName:"get"'`.

## Prevent
The configuration in the project factory, or once on the organization.

## Validate
`gcloud projects get-iam-policy PROJECT --format="yaml(auditConfigs)"` lists `ADMIN_READ`, `DATA_READ` and `DATA_WRITE`.

## Bad
```hcl
resource "google_project" "crm" { # finding
  name       = "crm"
  project_id = "acme-crm"
}

resource "google_project_iam_audit_config" "crm" {
  project = google_project.crm.project_id
  service = "storage.googleapis.com"
  audit_log_config {
    log_type = "DATA_READ"
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
    log_type         = "DATA_WRITE"
    exempted_members = ["serviceAccount:ingest@acme-crm.iam.gserviceaccount.com"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Resource, Severity, rule

_TYPES = ("ADMIN_READ", "DATA_READ", "DATA_WRITE")


@rule(target="google_project", severity=Severity.LOW, aliases="AVD-GCP-0079 google-iam-configure-audit-logging")
def check(project: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    configs = graph.attached(resource, "project", "google_project_iam_audit_config")
    whole = [config for config in configs if config.at("service").text == "allServices"]
    kept = {log.at("log_type").text for config in whole for log in config.each("audit_log_config")}
    if missing := [kind for kind in _TYPES if kind not in kept]:
        message = f"{', '.join(missing)} of all services are not in the audit log"
        yield Fail(project, message, expected="all three types for allServices", related=tuple(config.body for config in configs))
