"""A role on the organization is granted to a default service account.

## Why it matters
The account belongs to all machines of one project. Each of them, and whoever breaks into one, has the role everywhere in the
organization, and no log line tells which machine it was.

## Five whys
1. Why does an old virtual machine hold the keys to the whole organization? It runs as the project's default account.
2. Why has that account a role up there? A scanner ran on such a machine.
3. Why was it not given an account? The scanner's manual says to run it on a machine with the role.

## Fix now
`gcloud organizations remove-iam-policy-binding ORG_ID --member=serviceAccount:NUMBER-compute@developer.gserviceaccount.com --role=ROLE`.
Give the scanner an account and a project of its own first, if it has to go on.

## Workaround
Disable the default account in its project, which ends every use of it within minutes: `gcloud iam service-accounts disable
NUMBER-compute@developer.gserviceaccount.com`.

## Prevent
Grants on the organization only to groups and to named accounts of a security project, reviewed by two people.

## Validate
`gcloud organizations get-iam-policy ORG_ID --format=json | grep -E "developer|appspot"` prints nothing.

## Bad
```hcl
resource "google_organization_iam_member" "scanner" {
  org_id = "123456789012"
  role   = "roles/iam.securityReviewer"
  member = "serviceAccount:123456789012-compute@developer.gserviceaccount.com" # finding
}
```

## Good
```hcl
resource "google_organization_iam_member" "scanner" {
  org_id = "123456789012"
  role   = "roles/iam.securityReviewer"
  member = "serviceAccount:scanner@acme-security.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.iam import is_default_account, members


@rule(
    target="google_organization_iam_member google_organization_iam_binding",
    severity=Severity.CRITICAL,
    aliases="CKV_GCP_47 AVD-GCP-0008 google-iam-no-org-level-default-service-account-assignment",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in members(grant):
        if is_default_account(member):
            yield Fail(member, "one project's default service account gets a role in the whole organization")
