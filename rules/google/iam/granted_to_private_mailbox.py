"""A role is granted to a private mailbox such as one at gmail.com.

## Why it matters
Nobody in the company can disable that account, force a second factor on it or see its logins. It keeps its access when its owner leaves,
and falls with the private password.

## Five whys
1. Why does somebody who left still deploy? Their private account holds the role.
2. Why was it granted to that account? They started before their company account existed.
3. Why did it stay? Leaving the company disables company accounts only.

## Fix now
Grant the role to the person's group, then `gcloud projects remove-iam-policy-binding PROJECT --member=user:SOMEBODY@gmail.com
--role=ROLE`. Look for what the account did: `protoPayload.authenticationInfo.principalEmail="SOMEBODY@gmail.com"` in the audit log.

## Workaround
For an outside helper: a guest account in Cloud Identity, or workforce identity federation with their company's login.

## Prevent
The organization policy `constraints/iam.allowedPolicyMemberDomains` with your customer id.

## Validate
`gcloud asset search-all-iam-policies --scope=projects/PROJECT --query="policy:gmail.com"` lists nothing.

## Bad
```hcl
resource "google_project_iam_binding" "admins" {
  project = "acme-prod"
  role    = "roles/compute.admin"
  members = [
    "group:ops@example.com",
    "user:jane.doe@gmail.com", # finding
  ]
}
```

## Good
```hcl
resource "google_project_iam_binding" "admins" {
  project = "acme-prod"
  role    = "roles/compute.admin"
  members = ["group:ops@example.com"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.iam import is_personal, members

_KINDS = """
google_project_iam_member google_project_iam_binding google_folder_iam_member google_folder_iam_binding
google_organization_iam_member google_organization_iam_binding
"""


@rule(target=_KINDS, severity=Severity.HIGH, aliases="AVD-GCP-0069 google-iam-no-personal-emails")
def check(grant: Node) -> Iterator[Fail]:
    for member in members(grant):
        if is_personal(member):
            yield Fail(member, f"the role is granted to a private account, {member.text}", expected="an account of the company")
