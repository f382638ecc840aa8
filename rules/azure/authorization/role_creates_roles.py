"""A custom role lets its bearer write new roles.

## Why it matters
Who may write role definitions adds any action to a role he has, or makes a new one: every limit that was set for him is gone with one
call.

## Five whys
1. Why could the deployer read the secrets? He had added the action to his own role.
2. Why could he? His role may write role definitions.
3. Why? `Microsoft.Authorization/*` was given for a role assignment.

## Fix now
Replace it by what is needed, such as `Microsoft.Authorization/roleAssignments/write`, in `az role definition update --role-definition
role.json`.

## Workaround
`not_actions = ["Microsoft.Authorization/roleDefinitions/write"]` in the same role.

## Prevent
Roles are written by one pipeline, with one identity that does nothing else.

## Validate
`az role definition list --custom-role-only --query "[].{r: roleName, a: permissions[0].actions}"` shows no such action.

## Bad
```hcl
resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"
  permissions {
    actions = ["Microsoft.Authorization/*"] # finding
  }
}
```

## Good
```hcl
resource "azurerm_role_definition" "deployer" {
  name  = "deployer"
  scope = "/subscriptions/00000000-0000-0000-0000-000000000000"
  permissions {
    actions = ["Microsoft.Authorization/roleDefinitions/read"]
  }
}
```
"""

import re
from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.role_definition import actions

_WRITES = "microsoft.authorization/roledefinitions/write"


@rule(
    target="azurerm_role_definition",
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    aliases="AVD-AZU-0052 azure-authorization-prevent-custom-role-creation azure-role-definition-allows-custom-role-creation",
)
def check(role: Node) -> Iterator[Fail]:
    denied = [action.text or "" for action in role.each("permissions.not_actions")]
    if any(_covers(pattern) for pattern in denied):
        return
    for action in actions(role):
        if _covers(action.text or ""):
            yield Fail(action, "the role may write roles, its own included", expected="the actions that are needed")


def _covers(pattern: str) -> bool:
    return re.fullmatch(re.escape(pattern.lower()).replace(r"\*", ".*"), _WRITES) is not None
