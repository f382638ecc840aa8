"""A role in the project is granted to a default service account.

## Why it matters
The default accounts of Compute Engine and App Engine are what every machine and every old function uses unless told otherwise. A role for
one of them is a role for all of these workloads, those included that are created tomorrow.

## Five whys
1. Why could a throw-away machine read the payments bucket? It runs as the default account.
2. Why may that account read it? One application that needed the bucket runs as the same account.
3. Why? No account of its own was made for the application.

## Fix now
`gcloud iam service-accounts create APP`, grant the role to it, let the workload run as it (`gcloud compute instances set-service-account
INSTANCE --service-account=...`, with the instance stopped), then `gcloud projects remove-iam-policy-binding PROJECT
--member=serviceAccount:NUMBER-compute@developer.gserviceaccount.com --role=ROLE`.

## Workaround
Narrow the role by a condition on the one resource, for instance `resource.name.startsWith("projects/_/buckets/payments")`.

## Prevent
The organization policy `constraints/iam.automaticIamGrantsForDefaultServiceAccounts`, and one account per workload in its module.

## Validate
`gcloud projects get-iam-policy PROJECT --flatten=bindings --filter="bindings.members:compute@developer.gserviceaccount.com"` prints
nothing.

## Bad
```hcl
resource "google_project_iam_member" "payments" {
  project = "acme-prod"
  role    = "roles/storage.objectViewer"
  member  = "serviceAccount:123456789012-compute@developer.gserviceaccount.com" # finding
}

data "google_compute_default_service_account" "this" {
}

resource "google_project_iam_member" "logs" {
  project = "acme-prod"
  role    = "roles/logging.viewer"
  member  = "serviceAccount:${data.google_compute_default_service_account.this.email}" # finding
}
```

## Good
```hcl
resource "google_service_account" "payments" {
  account_id = "payments"
}

resource "google_project_iam_member" "payments" {
  project = "acme-prod"
  role    = "roles/storage.objectViewer"
  member  = google_service_account.payments.member
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.iam import is_default_account, members


@rule(
    target="google_project_iam_member google_project_iam_binding",
    severity=Severity.MEDIUM,
    aliases="CKV_GCP_46 AVD-GCP-0006 google-iam-no-project-level-default-service-account-assignment",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in members(grant):
        if is_default_account(member):
            yield Fail(member, "the role goes to a default service account", expected="an account made for the workload")
