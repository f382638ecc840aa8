"""A custom role may do everything, everywhere in the tenant.

## Why it matters
With `*` and the scope `/` the role can be assigned at the root: its bearer is owner of every subscription and may hand that right on.

## Five whys
1. Why did one stolen login reach all subscriptions? Its role was assigned at the root.
2. Why could it be? The role's assignable scope is `/`.
3. Why? The path of the management group was not known to the author.

## Fix now
Set `assignable_scopes` to the subscription or group, and name the actions; `az role assignment list --scope /` shows who has it at the
root.

## Workaround
`az role assignment delete --assignee ID --role ROLE --scope /` until the role is repaired.

## Prevent
A validation in the module that scopes start with `/subscriptions/` or `/providers/Microsoft.Management/managementGroups/`.

## Validate
`az role definition list --custom-role-only --query "[?contains(assignableScopes, '/')].roleName"` prints `[]`.

## Bad
```hcl
resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"
  permissions {
    actions = ["*"] # finding
  }
  assignable_scopes = ["/"]
}
```

## Good
```hcl
resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"
  permissions {
    actions = ["Microsoft.Resources/deployments/*"]
  }
  assignable_scopes = ["/subscriptions/00000000-0000-0000-0000-000000000000"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.role_definition import actions


@rule(
    target="azurerm_role_definition",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="AVD-AZU-0030 azure-authorization-limit-role-actions",
)
def check(role: Node) -> Iterator[Fail]:
    everywhere = any(scope.text == "/" for scope in role.each("assignable_scopes"))
    for action in actions(role):
        if action.text == "*" and everywhere:
            yield Fail(action, "the role may do everything in every subscription", expected="the actions and scopes that are needed")
