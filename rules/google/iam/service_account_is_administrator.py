"""A service account holds an administrative role in the project.

## Why it matters
Programs leak credentials: in images, logs, crash dumps, through a forged request to the metadata server. What the account may do is what
a thief may do, and an owner may also lock everybody else out.

## Five whys
1. Why could a flaw in one web application delete the project's backups? Its service account may.
2. Why? It is owner, editor or administrator of a service in the project.
3. Why so much? The narrow role was not known when the application was first deployed.

## Fix now
See what it uses: `gcloud recommender recommendations list --project=PROJECT --location=global
--recommender=google.iam.policy.Recommender`. Grant that, then `gcloud projects remove-iam-policy-binding PROJECT
--member=serviceAccount:ACCOUNT --role=ROLE`.

## Workaround
Grant the administrative role on the one resource (bucket, topic, secret) instead of on the project.

## Prevent
Let the pipeline refuse `owner`, `editor` and `*Admin` for members that begin with `serviceAccount:`; look at role recommendations every
month.

## Validate
`gcloud projects get-iam-policy PROJECT --flatten=bindings --filter="bindings.members:serviceAccount AND
bindings.role~(owner|editor|[aA]dmin)"` shows only service agents of Google.

## Bad
```hcl
resource "google_service_account" "web" {
  account_id = "web"
}

resource "google_project_iam_member" "web" {
  project = "acme-prod"
  role    = "roles/owner" # finding
  member  = "serviceAccount:${google_service_account.web.email}"
}

resource "google_project_iam_binding" "uploads" {
  project = "acme-prod"
  role    = "roles/storage.admin" # finding
  members = ["serviceAccount:uploads@acme-prod.iam.gserviceaccount.com"]
}
```

## Good
```hcl
resource "google_project_iam_member" "web" {
  project = "acme-prod"
  role    = "roles/cloudsql.client"
  member  = "serviceAccount:web@acme-prod.iam.gserviceaccount.com"
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.iam import is_service_account, members

_STRONG = re.compile(r"^roles/(?:owner|editor)$|[aA]dmin$")


@rule(
    target="google_project_iam_member google_project_iam_binding",
    severity=Severity.HIGH,
    aliases="CKV_GCP_42 AVD-GCP-0007 google-iam-no-privileged-service-accounts",
)
def check(grant: Node) -> Iterator[Fail]:
    role = grant.at("role")
    if role.missing or not _STRONG.search(role.text or ""):
        return
    for member in members(grant):
        if is_service_account(member):
            yield Fail(role, f"a service account holds {role.text} in the project", expected="a narrower role", related=(member,))
            return
