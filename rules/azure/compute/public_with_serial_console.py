"""A machine with a public address also has the serial console open.

## Why it matters
The serial console needs boot diagnostics and gives a login, or a rescue shell, past every network rule. On a machine that the internet
can reach as well there are two ways in, and one of them has no firewall.

## Five whys
1. Why did closing the network not lock the intruder out? He came back over the serial console.
2. Why was it open? Boot diagnostics are on.
3. Why on a public machine? It was built by hand, and both were needed once.

## Fix now
`az vm boot-diagnostics disable --resource-group GROUP --name VM`, or better take the public address away: `az network nic ip-config
update --remove publicIpAddress`.

## Workaround
Disable the console for the whole subscription: `az serial-console disable`.

## Prevent
No public addresses; then boot diagnostics are a help and no danger.

## Validate
`az vm show --resource-group GROUP --name VM --show-details --query "[publicIps, diagnosticsProfile.bootDiagnostics.enabled]"`.

## Bad
```hcl
resource "azurerm_virtual_machine" "worker" { # finding
  name                  = "worker"
  resource_group_name   = "shop"
  location              = "westeurope"
  vm_size               = "Standard_D2s_v3"
  network_interface_ids = [azurerm_network_interface.worker.id]
  boot_diagnostics {
    enabled     = true
    storage_uri = "https://contosologs.blob.core.windows.net"
  }
}

resource "azurerm_network_interface" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  ip_configuration {
    name                          = "public"
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/worker"
  }
}
```

## Good
```hcl
resource "azurerm_virtual_machine" "worker" {
  name                  = "worker"
  resource_group_name   = "shop"
  location              = "westeurope"
  vm_size               = "Standard_D2s_v3"
  network_interface_ids = [azurerm_network_interface.worker.id]
  boot_diagnostics {
    enabled     = false
    storage_uri = "https://contosologs.blob.core.windows.net"
  }
}

resource "azurerm_network_interface" "worker" {
  name                = "worker"
  resource_group_name = "shop"
  location            = "westeurope"
  ip_configuration {
    name                          = "public"
    private_ip_address_allocation = "Dynamic"
    public_ip_address_id          = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Network/publicIPAddresses/worker"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given


@rule(
    target="azurerm_virtual_machine azurerm_linux_virtual_machine azurerm_windows_virtual_machine",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_39",
)
def check(machine: Node, graph: Graph) -> Iterator[Fail]:
    diagnostics = machine.at("boot_diagnostics")
    if diagnostics.missing or diagnostics.at("enabled").flag is False:
        return
    interfaces = [found for node in machine.each("network_interface_ids") for found in graph.targets(node, "azurerm_network_interface")]
    for interface in interfaces:
        if any(given(address) for address in interface.body.each("ip_configuration.public_ip_address_id")):
            yield Fail(machine, "a public machine has the serial console open", expected="no public address, or no boot diagnostics")
            return
