"""A container group does not run in a virtual network.

## Why it matters
Outside of a network the containers have no security group and no private way to databases, so those have to be open for them.

## Five whys
1. Why is the database open to the internet? The import job comes from there.
2. Why? Its container group runs outside of our network.
3. Why? The subnet is optional.

## Fix now
It cannot be moved: `az container create --subnet SUBNET --vnet VNET ...` anew, and delete the old one.

## Workaround
A firewall rule for the group's address (fixed only with `dns_name_label` and until the next restart).

## Prevent
`subnet_ids` as a required variable of the module.

## Validate
`az container show --name GROUP_NAME --resource-group GROUP --query subnetIds` prints the subnet.

## Bad
```hcl
resource "azurerm_container_group" "import" { # finding
  name                = "import"
  resource_group_name = "shop"
  location            = "westeurope"
  os_type             = "Linux"
}
```

## Good
```hcl
resource "azurerm_container_group" "import" {
  name                = "import"
  resource_group_name = "shop"
  location            = "westeurope"
  os_type             = "Linux"
  subnet_ids          = ["/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/virtualNetworks/shop/subnets/jobs"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_container_group",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_98",
)
def check(group: Node) -> Iterator[Fail]:
    if not given(group.at("subnet_ids")) and not given(group.at("network_profile_id")):
        yield Fail(group, "the containers run outside of your networks", expected="subnet_ids")
