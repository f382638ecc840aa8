"""Nobody records who reads the data of a Synapse workspace.

## Why it matters
In a warehouse everything comes together, so it is what an intruder reads. Without an audit log the question what was taken has one
answer: perhaps all.

## Five whys
1. Why must all customers be told? We do not know which tables were read.
2. Why? The workspace keeps no audit log.
3. Why? No extended auditing policy names it.

## Fix now
`az synapse sql audit-policy update --workspace-name WORKSPACE --resource-group GROUP --state Enabled --log-analytics-target-state Enabled
--log-analytics-workspace-resource-id ID`.

## Workaround
`SELECT * FROM sys.dm_pdw_exec_requests` keeps the last 10,000 requests of a pool.

## Prevent
`azurerm_synapse_workspace_extended_auditing_policy` in the module.

## Validate
`az synapse sql audit-policy show --workspace-name WORKSPACE --resource-group GROUP --query state` prints `Enabled`.

## Bad
```hcl
resource "azurerm_synapse_workspace" "reports" { # finding
  name                                 = "contoso-reports"
  resource_group_name                  = "reports"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://contosolake.dfs.core.windows.net/reports"
}
```

## Good
```hcl
resource "azurerm_synapse_workspace" "reports" {
  name                                 = "contoso-reports"
  resource_group_name                  = "reports"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://contosolake.dfs.core.windows.net/reports"
}

resource "azurerm_synapse_workspace_extended_auditing_policy" "reports" {
  synapse_workspace_id   = azurerm_synapse_workspace.reports.id
  log_monitoring_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_synapse_workspace",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_53",
)
def check(workspace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if not graph.attached(resource, "synapse_workspace_id", "azurerm_synapse_workspace_extended_auditing_policy"):
        yield Fail(workspace, "nobody records who reads the data", expected="an extended auditing policy")
