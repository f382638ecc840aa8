"""An Artifact Registry repository grants a role to everybody.

## Why it matters
Whoever can pull your images has your code, its configuration and every secret that a layer still holds. With a writing role anybody
replaces the image that production pulls next.

## Five whys
1. Why does somebody else hold our images? The registry hands them out without a login.
2. Why? The repository's policy names `allUsers` or `allAuthenticatedUsers`.
3. Why? A customer's cluster could not log in, and public was the quick way.

## Fix now
`gcloud artifacts repositories remove-iam-policy-binding REPO --location=LOCATION --member=allUsers --role=ROLE`. Change every secret that
stands in an image layer (`docker history --no-trunc IMAGE`).

## Workaround
Give the customer's node service account `roles/artifactregistry.reader` instead; a key file serves as docker password for clients outside
of Google Cloud.

## Prevent
The organization policy `constraints/iam.allowedPolicyMemberDomains`, which refuses both members.

## Validate
`gcloud artifacts repositories get-iam-policy REPO --location=LOCATION` names neither, and `docker pull` fails after `docker logout
LOCATION-docker.pkg.dev`.

## Bad
```hcl
resource "google_artifact_registry_repository_iam_member" "images" {
  location   = "europe-west1"
  repository = "images"
  role       = "roles/artifactregistry.reader"
  member     = "allUsers" # finding
}
```

## Good
```hcl
resource "google_artifact_registry_repository_iam_member" "images" {
  location   = "europe-west1"
  repository = "images"
  role       = "roles/artifactregistry.reader"
  member     = "serviceAccount:nodes@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.iam import public_members


@rule(
    target="google_artifact_registry_repository_iam_member google_artifact_registry_repository_iam_binding",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_GCP_101",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the repository is open to {member.text}")
