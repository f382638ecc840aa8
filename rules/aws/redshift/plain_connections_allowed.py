"""Clients may connect to a warehouse without TLS.

## Why it matters
`require_ssl` is false unless the parameter group says otherwise. One client without `sslmode` then sends its password and its results in
the clear.

## Five whys
1. Why was a password seen on the network? A tool connects to the warehouse without TLS.
2. Why may it? The parameter group does not set `require_ssl`.
3. Why not? The group was made for workload management only.

## Fix now
`aws redshift modify-cluster-parameter-group --parameter-group-name G --parameters ParameterName=require_ssl,ParameterValue=true`; it is
static, so reboot the cluster in a quiet hour: `aws redshift reboot-cluster --cluster-identifier C`.

## Workaround
`SELECT * FROM stl_connection_log WHERE sslversion = ''` shows who connects in the clear; change those clients.

## Prevent
The parameter in the module's group.

## Validate
`psql 'host=H port=5439 sslmode=disable'` is refused.

## Bad
```hcl
resource "aws_redshift_parameter_group" "dwh" { # finding
  name   = "dwh"
  family = "redshift-1.0"
}
```

## Good
```hcl
resource "aws_redshift_parameter_group" "dwh" {
  name   = "dwh"
  family = "redshift-1.0"
  parameter {
    name  = "require_ssl"
    value = "true"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.database import parameter


@rule(target="aws_redshift_parameter_group", severity=Severity.MEDIUM, aliases="CKV_AWS_105")
def check(group: Node, resource: Resource) -> Iterator[Fail]:
    required = parameter(resource, "require_ssl")
    if required is None or not required.flag:
        yield Fail(required or group, "clients may connect without TLS", expected="require_ssl = true")
