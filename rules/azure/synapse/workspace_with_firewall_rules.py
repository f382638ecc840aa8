"""A Synapse workspace lets addresses of the internet in.

## Why it matters
Each firewall rule is a hole to the SQL endpoints, and people add them until one is 0.0.0.0. With private endpoints there is none.

## Five whys
1. Why did somebody outside reach the SQL endpoint? A firewall rule lets his range in.
2. Why is there a rule? A consultant worked from home.
3. Why no other way in? Private endpoints were not set up.

## Fix now
`az synapse workspace firewall-rule delete --name RULE --workspace-name WORKSPACE --resource-group GROUP`, and a private endpoint with
`--group-id Sql` and `Dev`.

## Workaround
Rules for single addresses with a date in their name, and a job that deletes the old ones.

## Prevent
`public_network_access_enabled = false` in the module.

## Validate
`az synapse workspace firewall-rule list --workspace-name WORKSPACE --resource-group GROUP` prints `[]`.

## Bad
```hcl
resource "azurerm_synapse_workspace" "reports" { # finding
  name                                 = "contoso-reports"
  resource_group_name                  = "reports"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://contosolake.dfs.core.windows.net/reports"
}

resource "azurerm_synapse_firewall_rule" "home" {
  name                 = "home"
  synapse_workspace_id = azurerm_synapse_workspace.reports.id
  start_ip_address     = "203.0.113.7"
  end_ip_address       = "203.0.113.7"
}
```

## Good
```hcl
resource "azurerm_synapse_workspace" "reports" {
  name                                 = "contoso-reports"
  resource_group_name                  = "reports"
  location                             = "westeurope"
  storage_data_lake_gen2_filesystem_id = "https://contosolake.dfs.core.windows.net/reports"
  public_network_access_enabled        = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_synapse_workspace",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_19",
)
def check(workspace: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    if graph.attached(resource, "synapse_workspace_id", "azurerm_synapse_firewall_rule"):
        yield Fail(workspace, "addresses of the internet are let in", expected="no firewall rules")
