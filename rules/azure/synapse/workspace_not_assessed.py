"""The SQL endpoints of a Synapse workspace are not assessed for holes.

## Why it matters
Public roles, old logins and open grants pile up in a warehouse that many teams use. A weekly assessment lists them; the alert policy
alone does not.

## Five whys
1. Why could an intern read the salaries? A grant to `public` was never noticed.
2. Why not? Nobody assesses the workspace.
3. Why? The assessment is a resource beside the alert policy, or its scans are off.

## Fix now
`azurerm_synapse_workspace_vulnerability_assessment` with `recurring_scans { enabled = true }`, or the express configuration: Defender for
SQL on the subscription.

## Workaround
`SELECT * FROM sys.database_permissions WHERE grantee_principal_id = 0` in each database.

## Prevent
Policy and assessment in one module.

## Validate
Defender for Cloud shows an assessment of the workspace that is less than a week old.

## Bad
```hcl
resource "azurerm_synapse_workspace_security_alert_policy" "reports" { # finding
  synapse_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports"
  policy_state         = "Enabled"
}
```

## Good
```hcl
resource "azurerm_synapse_workspace_security_alert_policy" "reports" {
  synapse_workspace_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Synapse/workspaces/contoso-reports"
  policy_state         = "Enabled"
}

resource "azurerm_synapse_workspace_vulnerability_assessment" "reports" {
  workspace_security_alert_policy_id = azurerm_synapse_workspace_security_alert_policy.reports.id
  storage_container_path             = "https://contosologs.blob.core.windows.net/assessments/"
  recurring_scans {
    enabled = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Resource, Severity, rule


@rule(
    target="azurerm_synapse_workspace_security_alert_policy",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV2_AZURE_46",
)
def check(policy: Node, resource: Resource, graph: Graph) -> Iterator[Fail]:
    path, kind = "workspace_security_alert_policy_id", "azurerm_synapse_workspace_vulnerability_assessment"
    if not any(found.body.at("recurring_scans.enabled").flag is True for found in graph.attached(resource, path, kind)):
        yield Fail(policy, "the workspace is not assessed for holes", expected="an assessment with recurring scans")
