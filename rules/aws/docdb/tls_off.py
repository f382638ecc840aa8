"""A DocumentDB cluster takes connections without TLS only.

## Why it matters
With `tls = disabled` the cluster speaks no TLS at all: passwords and documents cross the network in the clear, and clients that insist on
TLS cannot connect.

## Five whys
1. Why are passwords readable on the network? The cluster does not speak TLS.
2. Why not? The parameter `tls` says `disabled`.
3. Why? A client without the bundle of certificates failed, and this made it work.

## Fix now
Give all clients the bundle (`global-bundle.pem`) and `tls=true`, then set `tls = enabled` and reboot the instances one by one: it is
static, and from the reboot on unencrypted clients fail.

## Workaround
A narrow security group.

## Prevent
Leave the parameter away; `enabled` is the default. `tls1.2+` refuses old versions.

## Validate
`openssl s_client -connect HOST:27017 </dev/null` shows a certificate.

## Bad
```hcl
resource "aws_docdb_cluster_parameter_group" "catalogue" {
  name   = "catalogue"
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "disabled" # finding
  }
}
```

## Good
```hcl
resource "aws_docdb_cluster_parameter_group" "catalogue" {
  name   = "catalogue"
  family = "docdb5.0"
  parameter {
    name  = "tls"
    value = "enabled"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import parameter


@rule(target="aws_docdb_cluster_parameter_group", severity=Severity.HIGH, aliases="CKV_AWS_90")
def check(_: Node, resource: Resource) -> Iterator[Fail]:
    tls = parameter(resource, "tls")
    if tls is not None and tls.text == "disabled":
        yield Fail(tls, "the cluster speaks no TLS", expected="enabled")
