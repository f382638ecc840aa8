"""A Glue connection does not insist on TLS.

## Why it matters
`JDBC_ENFORCE_SSL` is false unless it is set: a job then connects in the clear where the database allows it, with the password and every
row.

## Five whys
1. Why did rows cross the network in the clear? The job's connection did not ask for TLS.
2. Why not? `JDBC_ENFORCE_SSL` is `false`.
3. Why? The driver needed a certificate, and this made the test pass.

## Fix now
Set `JDBC_ENFORCE_SSL = "true"` in `connection_properties`, and for a private authority `CUSTOM_JDBC_CERT` with the certificate's place in
S3.

## Workaround
Let the database refuse plain connections (`rds.force_ssl = 1`); jobs then fail instead of talking in the clear.

## Prevent
In the module for connections.

## Validate
`aws glue get-connection --name C --hide-password --query Connection.ConnectionProperties.JDBC_ENFORCE_SSL` prints `"true"`.

## Bad
```hcl
resource "aws_glue_connection" "orders" {
  name = "orders"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders.example.com:5432/orders"
    JDBC_ENFORCE_SSL    = "false" # finding
    SECRET_ID           = "orders"
  }
}
```

## Good
```hcl
resource "aws_glue_connection" "orders" {
  name = "orders"
  connection_properties = {
    JDBC_CONNECTION_URL = "jdbc:postgresql://orders.example.com:5432/orders"
    JDBC_ENFORCE_SSL    = "true"
    SECRET_ID           = "orders"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(target="aws_glue_connection", severity=Severity.MEDIUM, confidence=Confidence.FIRM)
def check(connection: Node) -> Iterator[Fail]:
    properties = connection.at("connection_properties")
    enforced = properties.at("JDBC_ENFORCE_SSL")
    if properties.at("JDBC_CONNECTION_URL").present and (enforced.missing or not enforced.flag):
        yield Fail(enforced, "the connection does not insist on TLS", expected="true")
