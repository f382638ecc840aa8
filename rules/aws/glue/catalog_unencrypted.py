"""The Glue catalog is not encrypted.

## Why it matters
The catalog holds the names of tables and columns, locations, statistics with values, and the passwords of connections. In the clear,
everybody who may read the catalog's API reads the passwords too.

## Five whys
1. Why could an analyst read the password of the warehouse? `glue:GetConnection` returned it.
2. Why in the clear? Passwords of connections are not encrypted in the catalog.
3. Why not? Both switches are off by default.

## Fix now
`aws glue put-data-catalog-encryption-settings --data-catalog-encryption-settings
'{"EncryptionAtRest":{"CatalogEncryptionMode":"SSE-KMS","SseAwsKmsKeyId":"KEY"},"ConnectionPasswordEncryption":{"ReturnConnectionPasswordEncrypted":true,"AwsKmsKeyId":"KEY"}}'`;
jobs and crawlers need `kms:Decrypt` on the key before that.

## Workaround
Put passwords into Secrets Manager (`SECRET_ID` in the connection).

## Prevent
One `aws_glue_data_catalog_encryption_settings` per account and region, in its baseline.

## Validate
`aws glue get-data-catalog-encryption-settings` prints `SSE-KMS` and true.

## Bad
```hcl
resource "aws_glue_data_catalog_encryption_settings" "catalog" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = false # finding
    }
    encryption_at_rest {
      catalog_encryption_mode = "DISABLED" # finding
    }
  }
}
```

## Good
```hcl
resource "aws_glue_data_catalog_encryption_settings" "catalog" {
  data_catalog_encryption_settings {
    connection_password_encryption {
      return_connection_password_encrypted = true
      aws_kms_key_id                       = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
    }
    encryption_at_rest {
      catalog_encryption_mode = "SSE-KMS"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(
    target="aws_glue_data_catalog_encryption_settings",
    each="data_catalog_encryption_settings",
    severity=Severity.MEDIUM,
    aliases="CKV_AWS_94",
)
def check(settings: Node) -> Iterator[Fail]:
    mode = settings.at("encryption_at_rest.catalog_encryption_mode")
    if mode.missing or not (mode.text or "").startswith("SSE-KMS"):
        yield Fail(mode, "the catalog is not encrypted", expected="SSE-KMS")
    passwords = settings.at("connection_password_encryption.return_connection_password_encrypted")
    if passwords.missing or not passwords.flag:
        yield Fail(passwords, "passwords of connections are not encrypted", expected="true")
