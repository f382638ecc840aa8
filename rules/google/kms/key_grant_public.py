"""A grant opens a KMS key or key ring to everybody.

## Why it matters
Whoever may use the key can decrypt whatever it protects, once they get hold of the bytes; with an administrative role they destroy the
key, and the data with it. There is no use of a key by strangers that is meant.

## Five whys
1. Why could the stolen backup be decrypted? The thief was allowed to use the key.
2. Why? A grant on it names `allUsers` or `allAuthenticatedUsers`.
3. Why? A service failed with a permission error, and the role was widened until it worked.

## Fix now
`gcloud kms keys remove-iam-policy-binding KEY --keyring=RING --location=LOCATION --member=allUsers --role=ROLE` (for a ring: `gcloud kms
keyrings remove-iam-policy-binding`). Look for foreign uses of the key in the data access log, then rotate it and encrypt the data anew.

## Workaround
None: a key that everybody may use does not protect anything.

## Prevent
`constraints/iam.allowedPolicyMemberDomains`; keys in a project of their own, granted to service agents and service accounts one by one.

## Validate
`gcloud kms keys get-iam-policy KEY --keyring=RING --location=LOCATION` names neither.

## Bad
```hcl
resource "google_kms_crypto_key_iam_member" "backups" {
  crypto_key_id = "projects/acme/locations/global/keyRings/data/cryptoKeys/backups"
  role          = "roles/cloudkms.cryptoKeyDecrypter"
  member        = "allUsers" # finding
}

data "google_iam_policy" "backups" {
  binding {
    role    = "roles/cloudkms.cryptoKeyDecrypter"
    members = ["allAuthenticatedUsers"]
  }
}

resource "google_kms_crypto_key_iam_policy" "backups" {
  crypto_key_id = "projects/acme/locations/global/keyRings/data/cryptoKeys/backups"
  policy_data   = data.google_iam_policy.backups.policy_data # finding
}
```

## Good
```hcl
resource "google_kms_crypto_key_iam_member" "backups" {
  crypto_key_id = "projects/acme/locations/global/keyRings/data/cryptoKeys/backups"
  role          = "roles/cloudkms.cryptoKeyEncrypterDecrypter"
  member        = "serviceAccount:backup@acme-prod.iam.gserviceaccount.com"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Profile, Severity, rule
from auditor.views.google.iam import policy_bindings, public_members

_KINDS = """
google_kms_crypto_key_iam_member google_kms_crypto_key_iam_binding google_kms_crypto_key_iam_policy
google_kms_key_ring_iam_member google_kms_key_ring_iam_binding google_kms_key_ring_iam_policy
"""


@rule(target=_KINDS, severity=Severity.CRITICAL, profile=Profile.GATE, aliases="CKV_GCP_112")
def check(grant: Node, graph: Graph) -> Iterator[Fail]:
    for member in public_members(grant):
        yield Fail(member, f"the key is open to {member.text}")
    policy = grant.at("policy_data")
    for binding in policy_bindings(policy, graph):
        for member in public_members(binding):
            yield Fail(policy, f"the policy opens the key to {member.text}", related=(member,))
            return
