"""A KMS key is open to everybody.

## Why it matters
The key is the last lock: disks, buckets and backups are copied without alarm, because they are useless without it. Open to everybody, it
turns every copy of them into plain text.

## Five whys
1. Why does encryption not protect the copied disk? Anybody may ask the key to decrypt.
2. Why? Someone granted a role on the key to all users.
3. Why did no review see it? The grant stands in another file than the key.

## Fix now
See which grant it is (`gcloud kms keys get-iam-policy KEY --keyring=RING --location=LOCATION`) and remove it with `gcloud kms keys
remove-iam-policy-binding`. Create a new version as primary: `gcloud kms keys versions create --key=KEY --keyring=RING --location=LOCATION
--primary`.

## Workaround
Disable the key's versions until the grant is gone, if the systems that use it can stand still: `gcloud kms keys versions disable VERSION
--key=KEY --keyring=RING --location=LOCATION`.

## Prevent
Write the grants next to the key, in the module that makes it, and let the module refuse the two public members with a `validation` block.

## Validate
`gcloud asset search-all-iam-policies --scope=projects/PROJECT --query="policy:allUsers"` lists no key.

## Bad
```hcl
resource "google_kms_crypto_key" "backups" { # finding
  name     = "backups"
  key_ring = "projects/acme/locations/global/keyRings/data"
}

resource "google_kms_crypto_key_iam_binding" "backups" {
  crypto_key_id = google_kms_crypto_key.backups.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  members       = ["allAuthenticatedUsers"]
}
```

## Good
```hcl
resource "google_kms_crypto_key" "backups" {
  name     = "backups"
  key_ring = "projects/acme/locations/global/keyRings/data"
}

resource "google_kms_crypto_key_iam_binding" "backups" {
  crypto_key_id = google_kms_crypto_key.backups.id
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  members       = ["serviceAccount:backup@acme-prod.iam.gserviceaccount.com"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.google.iam import public_members

_GRANTS = (
    "google_kms_crypto_key_iam_member",
    "google_kms_crypto_key_iam_binding",
)


@rule(target="google_kms_crypto_key", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV2_GCP_6")
def check(key: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for grant in graph.attached(resource, "crypto_key_id", *_GRANTS):
        for member in public_members(grant.body):
            yield Fail(key, f"the key is open to {member.text}", related=(member,))
            return
