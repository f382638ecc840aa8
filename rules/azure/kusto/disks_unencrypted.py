"""The disks of a Data Explorer cluster are not encrypted.

## Why it matters
The hot data lies on the disks of the cluster's machines. Without disk encryption the cache and the temporary files there are stored in
the clear.

## Five whys
1. Why did the audit list the cluster? Part of its data is unencrypted.
2. Why? Disk encryption is off.
3. Why? It is off unless it is written.

## Fix now
`az kusto cluster update --name CLUSTER --resource-group GROUP --enable-disk-encryption true`; the cluster restarts its machines.

## Workaround
Shorten the hot cache, so that less lies on the disks: `.alter database DB policy caching hot = 7d`.

## Prevent
On in the module.

## Validate
`az kusto cluster show --name CLUSTER --resource-group GROUP --query enableDiskEncryption` prints `true`.

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
  disk_encryption_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_kusto_cluster",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_74",
)
def check(cluster: Node) -> Iterator[Fail]:
    new, old = cluster.at("disk_encryption_enabled"), cluster.at("enable_disk_encryption")
    if new.flag is not True and old.flag is not True:
        yield Fail(old if old.present else new, "the cluster's disks are not encrypted", expected="disk_encryption_enabled = true")
