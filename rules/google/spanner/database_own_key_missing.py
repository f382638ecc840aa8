"""A Spanner database is encrypted with a key that only Google controls.

## Why it matters
A key of yours lets you take the whole database out of reach by one command, and shows each use of it in a log. Spanner takes it at the
database's creation only.

## Five whys
1. Why can the database not be given a key now? Spanner chooses it at creation.
2. Why was none given? `encryption_config` is optional.
3. Why did nobody ask? The duty came with the first customer from a bank.

## Fix now
Back up and restore with a key: `gcloud spanner backups create B --instance=INSTANCE --database=DB --retention-period=7d`, then `gcloud
spanner databases restore --source-backup=B --source-instance=INSTANCE --destination-database=NEW --destination-instance=INSTANCE
--encryption-type=CUSTOMER_MANAGED_ENCRYPTION --kms-key=KEY`, and point the clients to it.

## Workaround
Client-side encryption of the few columns that matter.

## Prevent
The key as a required argument of the module; multi-region instances take `kms_key_names`, one for each region.

## Validate
`gcloud spanner databases describe DB --instance=INSTANCE --format="value(encryptionConfig.kmsKeyName)"` prints your key.

## Bad
```hcl
resource "google_spanner_database" "orders" { # finding
  instance = "shop"
  name     = "orders"
}
```

## Good
```hcl
resource "google_spanner_database" "orders" {
  instance = "shop"
  name     = "orders"
  encryption_config {
    kms_key_name = "projects/acme/locations/europe-west1/keyRings/data/cryptoKeys/spanner"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="google_spanner_database", severity=Severity.INFO, confidence=Confidence.FIRM, aliases="CKV_GCP_93")
def check(database: Node) -> Iterator[Fail]:
    config = database.at("encryption_config")
    keys = [config.at("kms_key_name"), *config.each("kms_key_names")]
    if not any(key.unknown or (key.present and key.data != "") for key in keys):
        yield Fail(config, "the database is encrypted with a key of Google's", expected="encryption_config.kms_key_name")
