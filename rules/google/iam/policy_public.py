"""An IAM policy document grants a role to everybody.

## Why it matters
The document is set as the whole policy of a resource and replaces what stood there. A public member in it opens whatever the document is
applied to, now and wherever it is reused.

## Five whys
1. Why is the resource open? Its policy was replaced by one that names all users.
2. Why does the document name them? It was copied from a resource that is public on purpose.
3. Why was it copied? A policy document looks reusable, and the members in it are easy to overlook.

## Fix now
Take the member out of the `binding` and apply. To close it at once, remove the binding on the resource itself with the
`remove-iam-policy-binding` command of its service.

## Workaround
Use a `google_..._iam_member` resource for the one grant that is public on purpose, so that it stands alone and can be suppressed with its
reason.

## Prevent
The organization policy `constraints/iam.allowedPolicyMemberDomains`; prefer member resources to whole policies.

## Validate
`gcloud asset search-all-iam-policies --scope=projects/PROJECT --query="policy:(allUsers OR allAuthenticatedUsers)"` lists nothing.

## Bad
```hcl
data "google_iam_policy" "reports" {
  binding {
    role = "roles/storage.objectViewer"
    members = [
      "group:finance@example.com",
      "allUsers", # finding
    ]
  }
}
```

## Good
```hcl
data "google_iam_policy" "reports" {
  binding {
    role    = "roles/storage.objectViewer"
    members = ["group:finance@example.com"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.iam import public_members


@rule(target="data.google_iam_policy", each="binding", severity=Severity.HIGH, aliases="CKV_GCP_113")
def check(binding: Node) -> Iterator[Fail]:
    for member in public_members(binding):
        yield Fail(member, f"the policy grants a role to {member.text}")
