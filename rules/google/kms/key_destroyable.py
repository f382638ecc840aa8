"""Terraform may destroy a KMS key, and with it all that it encrypts.

## Why it matters
When the resource goes, Terraform schedules the destruction of every version of the key. Thirty days later by default, sooner if so
configured, disks, buckets and backups under it are noise for ever.

## Five whys
1. Why can the backups not be restored? Their key is destroyed.
2. Why? The key's resource was renamed, and Terraform replaced it.
3. Why did nothing stop the apply? The key has no `prevent_destroy`.

## Fix now
Add `lifecycle { prevent_destroy = true }`. If it happened: `gcloud kms keys versions restore VERSION --key=KEY --keyring=RING
--location=LOCATION`, then `enable`, while the version is DESTROY_SCHEDULED.

## Workaround
Take `cloudkms.cryptoKeyVersions.destroy` away from the pipeline's account (custom role without it).

## Prevent
Keys in a root module of their own; the organization policies `constraints/cloudkms.minimumDestroyScheduledDuration` and
`constraints/cloudkms.disableBeforeDestroy`.

## Validate
`terraform plan -destroy` answers "Instance cannot be destroyed".

## Bad
```hcl
resource "google_kms_crypto_key" "backups" { # finding
  name     = "backups"
  key_ring = "projects/acme/locations/global/keyRings/main"
}
```

## Good
```hcl
resource "google_kms_crypto_key" "backups" {
  name     = "backups"
  key_ring = "projects/acme/locations/global/keyRings/main"
  lifecycle {
    prevent_destroy = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Resource, Severity, rule


@rule(target="google_kms_crypto_key", severity=Severity.MEDIUM, facets=[Facet.WRITTEN], aliases="CKV_GCP_82")
def check(key: Node, resource: Resource) -> Iterator[Fail]:
    prevented = resource.meta.at("lifecycle.prevent_destroy")
    if prevented.missing or prevented.flag is not True:
        yield Fail(key, "a change of the code may destroy the key, and all that it encrypts", expected="prevent_destroy = true")
