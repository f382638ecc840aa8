"""A KMS key ring, and so each of its keys, is open to everybody.

## Why it matters
Keys inherit the grants of their ring. One public member on the ring opens every key in it, those included that somebody adds next year in
the belief that a new key starts closed.

## Five whys
1. Why is a key open that nobody shared? It inherits from its ring.
2. Why is the ring open? A grant on it names all users.
3. Why was the grant made on the ring? It saved writing it once for each key.

## Fix now
`gcloud kms keyrings remove-iam-policy-binding RING --location=LOCATION --member=allUsers --role=ROLE`. Rings cannot be deleted or
renamed, so keep this one, and rotate all its keys.

## Workaround
Disable the key versions that are not in use while you look for the callers of the others.

## Prevent
Grant on keys, never on rings; one ring per team or purpose, so that inheritance stays small.

## Validate
`gcloud kms keyrings get-iam-policy RING --location=LOCATION` names neither `allUsers` nor `allAuthenticatedUsers`.

## Bad
```hcl
resource "google_kms_key_ring" "data" { # finding
  name     = "data"
  location = "global"
}

resource "google_kms_key_ring_iam_member" "data" {
  key_ring_id = google_kms_key_ring.data.id
  role        = "roles/cloudkms.admin"
  member      = "allUsers"
}
```

## Good
```hcl
resource "google_kms_key_ring" "data" {
  name     = "data"
  location = "global"
}

resource "google_kms_key_ring_iam_member" "data" {
  key_ring_id = google_kms_key_ring.data.id
  role        = "roles/cloudkms.admin"
  member      = "group:security@example.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Resource, Severity, rule
from auditor.views.google.iam import public_members

_GRANTS = ("google_kms_key_ring_iam_member", "google_kms_key_ring_iam_binding")


@rule(target="google_kms_key_ring", severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV2_GCP_8")
def check(ring: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    for grant in graph.attached(resource, "key_ring_id", *_GRANTS):
        for member in public_members(grant.body):
            yield Fail(ring, f"every key of the ring is open to {member.text}", related=(member,))
            return
