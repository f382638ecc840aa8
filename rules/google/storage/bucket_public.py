"""A storage bucket grants a role to everybody on the internet.

## Why it matters
`allUsers` is anyone without a login, `allAuthenticatedUsers` anyone with any Google account, not your company. Whatever the role reads
can be downloaded by a script within minutes of the apply: names of public buckets are guessed and indexed all the time.

## Five whys
1. Why did a stranger download the exports? The bucket answered without a login.
2. Why? An IAM grant on it names `allUsers`.
3. Why was that granted? One object had to be shared with a partner who has no Google account.
4. Why the whole bucket? A signed URL was not known as the way for one object.

## Fix now
Take the grant away: `gcloud storage buckets remove-iam-policy-binding gs://BUCKET --member=allUsers --role=ROLE`, and the same for
`allAuthenticatedUsers`. What was readable until now has to be taken as read.

## Workaround
Close it from above without touching the grants: `gcloud storage buckets update gs://BUCKET --public-access-prevention`. For single
objects hand out `gcloud storage sign-url gs://BUCKET/OBJECT --duration=1h`.

## Prevent
The organization policy `constraints/storage.publicAccessPrevention`. A site that shall be public belongs behind a load balancer with a
backend bucket in a project of its own.

## Validate
`gcloud storage buckets get-iam-policy gs://BUCKET --format=json` names neither of the two, and `curl -I
https://storage.googleapis.com/BUCKET/OBJECT` answers 401 or 403.

## Bad
```hcl
resource "google_storage_bucket_iam_member" "exports" {
  bucket = "acme-exports"
  role   = "roles/storage.objectViewer"
  member = "allUsers" # finding
}

resource "google_storage_bucket_iam_binding" "exports" {
  bucket = "acme-exports"
  role   = "roles/storage.objectAdmin"
  members = [
    "group:data@example.com",
    "allAuthenticatedUsers", # finding
  ]
}
```

## Good
```hcl
resource "google_storage_bucket_iam_member" "exports" {
  bucket = "acme-exports"
  role   = "roles/storage.objectViewer"
  member = "group:data@example.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.iam import public_members


@rule(
    target="google_storage_bucket_iam_member google_storage_bucket_iam_binding",
    severity=Severity.HIGH,
    profile=Profile.GATE,
    aliases="CKV_GCP_28 AVD-GCP-0001 google-storage-no-public-access",
)
def check(grant: Node) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the bucket is open to {member.text}")
