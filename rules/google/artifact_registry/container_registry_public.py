"""A Container Registry's bucket, and so its images, is open to everybody.

## Why it matters
Container Registry keeps images as files in a bucket, and the bucket's policy is the registry's. Who may read it has every image with its
code; who may write it replaces the image under a tag that clusters pull.

## Five whys
1. Why can anybody pull our images? The registry's bucket is public.
2. Why was it opened? A cluster of another project could not pull.
3. Why not for that cluster alone? Its node service account was not known to the one who opened it.

## Fix now
`gcloud storage buckets remove-iam-policy-binding gs://artifacts.PROJECT.appspot.com --member=allUsers --role=ROLE` (with `eu.`, `us.` or
`asia.` before `artifacts` for the regional hosts), and give `roles/storage.objectViewer` to the other cluster's node account.

## Workaround
`gcloud storage buckets update gs://artifacts.PROJECT.appspot.com --public-access-prevention` closes it while the grants are sorted out.

## Prevent
Container Registry is shut down in favour of Artifact Registry, whose repositories have policies of their own: `gcloud artifacts docker
upgrade migrate --projects=PROJECT`.

## Validate
`gcloud storage buckets get-iam-policy gs://artifacts.PROJECT.appspot.com` names neither `allUsers` nor `allAuthenticatedUsers`.

## Bad
```hcl
resource "google_container_registry" "images" { # finding
  location = "EU"
}

resource "google_storage_bucket_iam_member" "images" {
  bucket = google_container_registry.images.id
  role   = "roles/storage.objectViewer"
  member = "allUsers"
}
```

## Good
```hcl
resource "google_container_registry" "images" {
  location = "EU"
}

resource "google_storage_bucket_iam_member" "images" {
  bucket = google_container_registry.images.id
  role   = "roles/storage.objectViewer"
  member = "serviceAccount:nodes@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.google.iam import public_members

_GRANTS = ("google_storage_bucket_iam_member", "google_storage_bucket_iam_binding")


@rule(target="google_container_registry", severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV2_GCP_9")
def check(registry: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for grant in graph.attached(resource, "bucket", *_GRANTS):
        for member in public_members(grant.body):
            yield Fail(registry, f"the images are open to {member.text}", related=(member,))
            return
