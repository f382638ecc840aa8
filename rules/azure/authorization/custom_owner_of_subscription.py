"""A custom role is owner of a whole subscription by another name.

## Why it matters
Reviews look for Owner and Contributor. A role with `*` under a harmless name gives the same rights, role assignments included, and is
counted by nobody.

## Five whys
1. Why did the review miss the account? Its role is called `deployer`.
2. Why is that a matter? The role may do everything in the subscription.
3. Why? One action was missing during a deployment, and `*` has them all.

## Fix now
`az role assignment list --role ROLE --all` shows who has it; then replace the actions: `az role definition update --role-definition
role.json`.

## Workaround
Assign the role on one resource group instead of the subscription.

## Prevent
Built-in roles first; a check in the pipeline that no custom role has `*`.

## Validate
`az role definition list --custom-role-only --query "[?contains(permissions[0].actions, '*')].roleName"` prints `[]`.

## Bad
```hcl
resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"
  permissions {
    actions = ["*"] # finding
  }
  assignable_scopes = ["/subscriptions/00000000-0000-0000-0000-000000000000"]
}
```

## Good
```hcl
resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"
  permissions {
    actions = ["Microsoft.Resources/deployments/*", "Microsoft.Web/sites/*"]
  }
  assignable_scopes = ["/subscriptions/00000000-0000-0000-0000-000000000000"]
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.role_definition import actions, whole_subscription


@rule(
    target="azurerm_role_definition",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_39",
)
def check(role: Node) -> Iterator[Fail]:
    for action in actions(role):
        if action.text == "*" and whole_subscription(role):
            yield Fail(action, "the role is owner of the subscription by another name", expected="the actions that are needed")
