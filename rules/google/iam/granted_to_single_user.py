"""A role is granted to a single person instead of a group.

## Why it matters
Grants to people outlive their jobs: who changes teams keeps the old rights, who comes new gets a copy of somebody's list. With groups,
the one place that knows who belongs to a team decides.

## Five whys
1. Why does somebody who left the team a year ago still have access? A grant names them in person.
2. Why was it not removed? Leaving the team changes the group, not the code.
3. Why was no group used? There was none for that purpose on that day.

## Fix now
`gcloud identity groups memberships add --group-email=TEAM@example.com --member-email=USER@example.com`, grant the role to
`group:TEAM@example.com`, then remove the personal grant (`gcloud projects remove-iam-policy-binding PROJECT
--member=user:USER@example.com --role=ROLE`).

## Workaround
Give the personal grant an end by a `condition` on `request.time`.

## Prevent
Let the code review refuse members that begin with `user:`; groups are filled from the personnel system.

## Validate
`gcloud projects get-iam-policy PROJECT --flatten=bindings --filter="bindings.members:user:"` prints nothing.

## Bad
```hcl
resource "google_project_iam_member" "reader" {
  project = "acme-prod"
  role    = "roles/logging.viewer"
  member  = "user:jane@example.com" # finding
}
```

## Good
```hcl
resource "google_project_iam_member" "reader" {
  project = "acme-prod"
  role    = "roles/logging.viewer"
  member  = "group:support@example.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.google.iam import members, principal

_KINDS = """
google_project_iam_member google_project_iam_binding google_folder_iam_member google_folder_iam_binding
google_organization_iam_member google_organization_iam_binding
"""


@rule(target=_KINDS, severity=Severity.LOW, confidence=Confidence.FIRM, aliases="AVD-GCP-0003 google-iam-no-user-granted-permissions")
def check(grant: Node) -> Iterator[Fail]:
    for member in members(grant):
        if principal(member).startswith("user:"):
            yield Fail(member, "the role is granted to one person", expected="a group")
