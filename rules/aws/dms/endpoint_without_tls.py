"""DMS talks to a database without TLS.

## Why it matters
A migration sends every row and the password, often between data centres. Without TLS all of it is readable on the way.

## Five whys
1. Why could the rows be read on the link to the data centre? DMS sent them in the clear.
2. Why? The endpoint has `ssl_mode = none`, the default.
3. Why? The source needs a certificate that was not at hand.

## Fix now
`aws dms modify-endpoint --endpoint-arn E --ssl-mode verify-full --certificate-arn C` (`require` for PostgreSQL and MySQL without a check of
the peer); stop the task before and resume it after.

## Workaround
A VPN between the two sides.

## Prevent
`ssl_mode = "verify-full"` in the module, with `aws_dms_certificate`.

## Validate
`aws dms test-connection …` succeeds, and `pg_stat_ssl` of the source shows `ssl = t` for the DMS user.

## Bad
```hcl
resource "aws_dms_endpoint" "source" { # finding
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "postgres"
}
```

## Good
```hcl
resource "aws_dms_endpoint" "source" {
  endpoint_id   = "source"
  endpoint_type = "source"
  engine_name   = "postgres"
  ssl_mode      = "require"
}

resource "aws_dms_endpoint" "target" {
  endpoint_id   = "target"
  endpoint_type = "target"
  engine_name   = "kinesis"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

ALWAYS_ENCRYPTED = {
    "source": ("s3", "azuredb"),
    "target": ("dynamodb", "kinesis", "neptune", "redshift", "s3", "elasticsearch", "opensearch", "kafka"),
}
"""Engines that are reached by an API over HTTPS, or have a setting of their own."""


@rule(target="aws_dms_endpoint", severity=Severity.MEDIUM, aliases="CKV2_AWS_49")
def check(endpoint: Node) -> Iterator[Fail]:
    side, engine, mode = endpoint.at("endpoint_type"), endpoint.at("engine_name"), endpoint.at("ssl_mode")
    if engine.missing or engine.text in ALWAYS_ENCRYPTED.get(side.text or "", ()):
        return
    if mode.missing or mode.text == "none":
        yield Fail(mode, "DMS talks to the database without TLS", expected="require, verify-ca or verify-full")
