"""A grant of IAM names everybody as its member.

## Why it matters
`allUsers` and `allAuthenticatedUsers` let callers in whom nobody can name, warn or lock out. On secrets, service accounts, instances,
spanner databases or source repositories there is hardly a case where that is meant.

## Five whys
1. Why did an unknown account use the resource? A grant lets everybody in.
2. Why does it? The member was widened until a permission error went away.
3. Why was the right member not used? It was not known which account the caller runs as.

## Fix now
Remove the grant with the `remove-iam-policy-binding` command of the service (for a secret: `gcloud secrets remove-iam-policy-binding
SECRET --member=allUsers --role=ROLE`) and grant the role to the caller's service account. A secret that was open has to be changed.

## Workaround
Narrow it by a condition while you look for the caller: `condition { expression = "request.time < timestamp('2030-01-01T00:00:00Z')" }` on
the grant ends it on its own.

## Prevent
The organization policy `constraints/iam.allowedPolicyMemberDomains`, which refuses both members everywhere.

## Validate
`gcloud asset search-all-iam-policies --scope=projects/PROJECT --query="policy:(allUsers OR allAuthenticatedUsers)"` lists nothing.

## Bad
```hcl
resource "google_secret_manager_secret_iam_member" "token" {
  secret_id = "payment-token"
  role      = "roles/secretmanager.secretAccessor"
  member    = "allAuthenticatedUsers" # finding
}
```

## Good
```hcl
resource "google_secret_manager_secret_iam_member" "token" {
  secret_id = "payment-token"
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:checkout@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.google.iam import public_members

_RULES_OF_THEIR_OWN = (
    "google_artifact_registry_",
    "google_bigquery_",
    "google_cloud_run_",
    "google_cloudfunctions",
    "google_dataproc_cluster_",
    "google_kms_",
    "google_pubsub_",
    "google_storage_bucket_",
)


@rule(target="google_*_iam_member google_*_iam_binding", severity=Severity.HIGH)
def check(grant: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind.startswith(_RULES_OF_THEIR_OWN):
        return
    for member in public_members(grant):
        yield Fail(member, f"the grant is for {member.text}, which is everybody")
