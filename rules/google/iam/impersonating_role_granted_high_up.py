"""A role on a folder or the organization gives power over all accounts below.

## Why it matters
Service Account Admin, IAM administrators, service agents' roles and the like decide who may become which account. High up in the tree
they decide it for every project, so a single holder can grant themselves anything.

## Five whys
1. Why could one account give itself owner in another team's project? It manages grants for the whole folder.
2. Why that role? It had to create service accounts in new projects.
3. Why not in those projects alone? The grant on the folder saved one for each of them.

## Fix now
Grant the role in the projects where it is used, then `gcloud resource-manager folders remove-iam-policy-binding FOLDER_ID --member=MEMBER
--role=ROLE`, or `gcloud organizations remove-iam-policy-binding ORG_ID --member=MEMBER --role=ROLE`.

## Workaround
Limit what it may hand out by a condition: `api.getAttribute('iam.googleapis.com/modifiedGrantsByRole',
[]).hasOnly(['roles/logging.logWriter'])`.

## Prevent
Administrators of identities get these roles for an hour through Privileged Access Manager, pipelines through one account per project.

## Validate
`gcloud asset search-all-iam-policies --scope=organizations/ORG_ID --query="policy:roles/iam.serviceAccountAdmin"
--asset-types=cloudresourcemanager.googleapis.com/Folder` lists nothing unexpected.

## Bad
```hcl
resource "google_folder_iam_member" "factory" {
  folder = "folders/123456789012"
  role   = "roles/iam.serviceAccountAdmin" # finding
  member = "serviceAccount:factory@acme-ci.iam.gserviceaccount.com"
}
```

## Good
```hcl
resource "google_project_iam_member" "factory" {
  project = "acme-shop"
  role    = "roles/iam.serviceAccountCreator"
  member  = "serviceAccount:factory@acme-ci.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.google.iam import BASIC, IMPERSONATION

_KINDS = "google_folder_iam_member google_folder_iam_binding google_organization_iam_member google_organization_iam_binding"


@rule(target=_KINDS, severity=Severity.HIGH, confidence=Confidence.FIRM, aliases="CKV_GCP_44 CKV_GCP_45")
def check(grant: Node, resource: Resource) -> Iterator[Fail]:
    role = grant.at("role")
    if role.present and role.text in IMPERSONATION - BASIC:
        level = "folder" if "folder" in resource.kind else "organization"
        yield Fail(role, f"{role.text} on the {level} gives power over all service accounts below it", expected="a grant on a project")
