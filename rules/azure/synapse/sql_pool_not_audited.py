"""The audit log of a SQL pool of Synapse reaches no monitor.

## Why it matters
A log that nobody evaluates is read after the damage. In a workspace it can ring: a new administrator, a table read as a whole, a login at
night.

## Five whys
1. Why did nobody see the mass export? No alarm looks at the pool's log.
2. Why? It is not sent to Azure Monitor.
3. Why? The auditing policy is missing, or `log_monitoring_enabled` is false.

## Fix now
`az synapse sql pool audit-policy update --name POOL --workspace-name WORKSPACE --resource-group GROUP --state Enabled
--log-analytics-target-state Enabled --log-analytics-workspace-resource-id ID`.

## Workaround
The policy of the workspace, which covers all its pools.

## Prevent
Pool and policy in one module.

## Validate
`SQLSecurityAuditEvents | where LogicalServerName_s == "WORKSPACE" | take 1` finds a row.

## Bad
```hcl
resource "azurerm_synapse_sql_pool" "sales" { # finding
  name                 = "sales"
  synapse_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports"
  sku_name             = "DW100c"
}
```

## Good
```hcl
resource "azurerm_synapse_sql_pool" "sales" {
  name                 = "sales"
  synapse_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports"
  sku_name             = "DW100c"
}

resource "azurerm_synapse_sql_pool_extended_auditing_policy" "sales" {
  sql_pool_id            = azurerm_synapse_sql_pool.sales.id
  log_monitoring_enabled = true
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_synapse_sql_pool",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_54",
)
def check(pool: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    policies = graph.attached(resource, "sql_pool_id", "azurerm_synapse_sql_pool_extended_auditing_policy")
    if not any(policy.body.at("log_monitoring_enabled").flag is not False for policy in policies):
        yield Fail(pool, "the pool's audit log reaches no monitor", expected="an auditing policy with log_monitoring_enabled")
