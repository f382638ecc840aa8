"""No network security group guards the API of a Kubernetes cluster.

## Why it matters
What reaches the API server is then decided by the subnet's security list alone, which all things in the subnet share. A rule that
somebody adds for a load balancer there opens the API as well.

## Five whys
1. Why was the cluster's API reachable from outside? The subnet's list opened the port.
2. Why did nothing else keep it closed? The endpoint is in no security group.
3. Why not? `nsg_ids` is optional.

## Fix now
`oci ce cluster update-endpoint-config --cluster-id ID --nsg-ids '["NSG"]'`; the group lets your ranges in on 6443.

## Workaround
Narrow the subnet's list to your ranges.

## Prevent
A group for the endpoint in the cluster module, and a private endpoint (`is_public_ip_enabled = false`).

## Validate
`oci ce cluster get --cluster-id ID --query 'data."endpoint-config"."nsg-ids"'` is not empty.

## Bad
```hcl
resource "oci_containerengine_cluster" "main" {
  name = "main"
  endpoint_config { # finding
    is_public_ip_enabled = true
  }
}
```

## Good
```hcl
resource "oci_containerengine_cluster" "main" {
  name = "main"
  endpoint_config {
    nsg_ids = ["ocid1.networksecuritygroup.oc1..example"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule


@rule(target="oci_containerengine_cluster", severity=Severity.MEDIUM, aliases="CKV2_OCI_3")
def check(cluster: Node) -> Iterator[Fail]:
    groups = cluster.at("endpoint_config.nsg_ids")
    if groups.missing or (not isinstance(groups.value, list) and not (groups.text or "").startswith("ocid1.")):
        yield Fail(groups, "no network security group guards the cluster's API", expected="endpoint_config.nsg_ids")
