"""The nodes of a Service Fabric cluster do not encrypt and sign their messages.

## Why it matters
Anything that gets into the nodes' network can read the messages of the cluster and send its own: start a service, move it, stop it.

## Five whys
1. Why could a foreign machine join the talk of the cluster? Messages are not signed.
2. Why? The protection level is lower than `EncryptAndSign`, or not written.
3. Why? It is a parameter in a section of a block.

## Fix now
`az sf cluster setting set --cluster-name CLUSTER --resource-group GROUP --section Security --parameter ClusterProtectionLevel --value
EncryptAndSign`; nodes restart one after the other.

## Workaround
A security group that keeps all but the nodes out of their subnet.

## Prevent
The block in the module; the policy `Service Fabric clusters should have the ClusterProtectionLevel property set to EncryptAndSign`.

## Validate
`az sf cluster show --name CLUSTER --resource-group GROUP --query "fabricSettings[?name=='Security']"`.

## Bad
```hcl
resource "azurerm_service_fabric_cluster" "core" { # finding
  name                = "core"
  resource_group_name = "core"
  location            = "westeurope"
  reliability_level   = "Silver"
  upgrade_mode        = "Automatic"
  vm_image            = "Windows"
  management_endpoint = "https://core.contoso.example:19080"
}
```

```hcl
resource "azurerm_service_fabric_cluster" "core" {
  name                = "core"
  resource_group_name = "core"
  location            = "westeurope"
  reliability_level   = "Silver"
  upgrade_mode        = "Automatic"
  vm_image            = "Windows"
  management_endpoint = "https://core.contoso.example:19080"
  fabric_settings {
    name = "Security"
    parameters = {
      ClusterProtectionLevel = "None" # finding
    }
  }
}
```

## Good
```hcl
resource "azurerm_service_fabric_cluster" "core" {
  name                = "core"
  resource_group_name = "core"
  location            = "westeurope"
  reliability_level   = "Silver"
  upgrade_mode        = "Automatic"
  vm_image            = "Windows"
  management_endpoint = "https://core.contoso.example:19080"
  fabric_settings {
    name = "Security"
    parameters = {
      ClusterProtectionLevel = "EncryptAndSign"
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_service_fabric_cluster",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_125",
)
def check(cluster: Node) -> Iterator[Fail]:
    for settings in cluster.each("fabric_settings"):
        if settings.at("name").text == "Security":
            level = _level(settings.at("parameters"))
            if level.text != "EncryptAndSign":
                yield Fail(level, "messages of the nodes are not encrypted and signed", expected="EncryptAndSign")
            return
    yield Fail(cluster, "messages of the nodes are not encrypted and signed", expected="the setting ClusterProtectionLevel")


def _level(parameters: Node) -> Node:
    """The value of the parameter, given as `NAME = VALUE`, or as a name and a value as templates do."""
    if parameters.at("name").text == "ClusterProtectionLevel":
        return parameters.at("value")
    return parameters.at("ClusterProtectionLevel")
