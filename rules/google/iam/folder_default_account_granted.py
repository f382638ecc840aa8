"""A role on a folder is granted to a default service account.

## Why it matters
Any machine in one project then has that role in all projects of the folder. Who gets a shell on the least important machine walks from
there into every neighbour.

## Five whys
1. Why did a break-in at the test machine reach production? Its account has a role on the folder of both.
2. Why does a machine's account have that? A script on a machine had to list all projects.
3. Why the default account? The machine runs as it, and nobody asked for another.

## Fix now
Make an account for the script (`gcloud iam service-accounts create inventory`), grant it the role, run the machine as it, then `gcloud
resource-manager folders remove-iam-policy-binding FOLDER_ID --member=serviceAccount:NUMBER-compute@developer.gserviceaccount.com
--role=ROLE`.

## Workaround
Take the scopes away from machines that do not need them: `gcloud compute instances set-service-account INSTANCE --no-service-account
--no-scopes`.

## Prevent
Disable the default accounts in each new project (`google_project_default_service_accounts` with `action = "DISABLE"`).

## Validate
`gcloud resource-manager folders get-iam-policy FOLDER_ID` names no `developer.gserviceaccount.com` and no `appspot.gserviceaccount.com`.

## Bad
```hcl
resource "google_folder_iam_binding" "inventory" {
  folder = "folders/123456789012"
  role   = "roles/browser"
  members = [
    "group:platform@example.com",
    "serviceAccount:acme-tools@appspot.gserviceaccount.com", # finding
  ]
}
```

## Good
```hcl
resource "google_folder_iam_binding" "inventory" {
  folder  = "folders/123456789012"
  role    = "roles/browser"
  members = ["serviceAccount:inventory@acme-tools.iam.gserviceaccount.com"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.iam import is_default_account, members


@rule(
    target="google_folder_iam_member google_folder_iam_binding",
    severity=Severity.HIGH,
    aliases="CKV_GCP_48 AVD-GCP-0004 google-iam-no-folder-level-default-service-account-assignment",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in members(grant):
        if is_default_account(member):
            yield Fail(member, "one project's default service account gets a role in all projects of the folder")
