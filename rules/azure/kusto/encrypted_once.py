"""The data of a Data Explorer cluster is encrypted once, not twice.

## Why it matters
A second layer with another key protects against a fault in the first. Where a contract asks for it, it has to be chosen when the cluster
is made.

## Five whys
1. Why does the cluster not fit the contract? It asks for two layers.
2. Why is there one? Double encryption is off.
3. Why can it not be added? Azure takes it at creation only.

## Fix now
Make a new cluster with `az kusto cluster create --enable-double-encryption true`, follow or copy the databases, move the ingestion.

## Workaround
A key of your own on the one layer: `az kusto cluster update --key-vault-properties ...`.

## Prevent
Decide it in the module by the class of the data.

## Validate
`az kusto cluster show --name CLUSTER --resource-group GROUP --query enableDoubleEncryption` prints `true`.

## Bad
```hcl
resource "azurerm_kusto_cluster" "telemetry" { # finding
  name                = "contosotelemetry"
  resource_group_name = "plant"
  location            = "westeurope"
  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }
}
```

## Good
```hcl
resource "azurerm_kusto_cluster" "telemetry" {
  name                = "contosotelemetry"
  resource_group_name = "plant"
  location            = "westeurope"
  sku {
    name     = "Standard_E8ads_v5"
    capacity = 2
  }
  double_encryption_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_kusto_cluster",
    severity=Severity.INFO,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_75",
)
def check(cluster: Node) -> Iterator[Fail]:
    new, old = cluster.at("double_encryption_enabled"), cluster.at("enable_double_encryption")
    if new.flag is not True and old.flag is not True:
        yield Fail(new if new.present else old, "the data is encrypted once", expected="double_encryption_enabled = true")
