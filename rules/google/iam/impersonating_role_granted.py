r"""A role on the project gives power over its service accounts as a side effect.

## Why it matters
Some roles let their holder run code as a service account, make keys for one, or grant such rights, without saying so in their name:
service agents' roles, Workload Identity User on a project, editors of Dataproc or Dataflow. Their holder is as strong as the strongest
account in the project.

## Five whys
1. Why could a data engineer become the deployer? Their role allows to run jobs as any service account.
2. Why did nobody know? The name of the role speaks of data, not of accounts.
3. Why is it on the project? That is where roles are usually granted.

## Fix now
See what the role may do: `gcloud iam roles describe ROLE --format="value(includedPermissions)" | tr ';' '\n' | grep serviceAccounts`.
Grant it on the single resource or account, and then `gcloud projects remove-iam-policy-binding PROJECT --member=MEMBER --role=ROLE`.

## Workaround
A custom role without the `iam.serviceAccounts.*` permissions: `gcloud iam roles copy --source=ROLE --destination=NAME
--dest-project=PROJECT`, then `gcloud iam roles update`.

## Prevent
Service agents' roles are for Google's own accounts (`service-NUMBER@...`): never grant one to an account of yours.

## Validate
`gcloud policy-intelligence query-activity --activity-type=serviceAccountLastAuthentication --project=PROJECT` shows only expected
accounts at work, and the role is gone from `gcloud projects get-iam-policy PROJECT`.

## Bad
```hcl
resource "google_project_iam_member" "batch" {
  project = "acme-prod"
  role    = "roles/iam.workloadIdentityUser" # finding
  member  = "serviceAccount:acme-prod.svc.id.goog[batch/runner]"
}
```

## Good
```hcl
resource "google_service_account_iam_member" "batch" {
  service_account_id = "projects/acme-prod/serviceAccounts/batch@acme-prod.iam.gserviceaccount.com"
  role               = "roles/iam.workloadIdentityUser"
  member             = "serviceAccount:acme-prod.svc.id.goog[batch/runner]"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.iam import BASIC, IMPERSONATION

_KINDS = "google_project_iam_member google_project_iam_binding"


@rule(target=_KINDS, severity=Severity.MEDIUM, confidence=Confidence.FIRM, aliases="CKV_GCP_49")
def check(grant: Node) -> Iterator[Fail]:
    role = grant.at("role")
    if role.present and role.text in IMPERSONATION - BASIC:
        yield Fail(role, f"{role.text} also gives power over the service accounts of the project", expected="a role without it")
