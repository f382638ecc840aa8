"""Somebody is made owner of a whole subscription.

## Why it matters
An owner may do everything in every resource group and make others owners. Microsoft advises three at most; each further one is an account
whose loss is the loss of all.

## Five whys
1. Why could one phished colleague delete the subscription? He was its owner.
2. Why? His role was assigned at the subscription.
3. Why there? One resource group would have done, but the next one was to come soon.

## Fix now
Assign what is needed where it is needed: `az role assignment create --assignee ID --role Contributor --scope
/subscriptions/S/resourceGroups/G`, then `az role assignment delete --assignee ID --role Owner --scope /subscriptions/S`.

## Workaround
Make it eligible instead of permanent with Privileged Identity Management: approval and some hours.

## Prevent
Owners only in the stack of the subscription, reviewed; access reviews every quarter.

## Validate
`az role assignment list --role Owner --scope /subscriptions/S --query "[].principalName"` names three at most.

## Bad
```hcl
resource "azurerm_role_assignment" "team" {
  principal_id         = "11111111-2222-3333-4444-555555555555"
  role_definition_name = "Owner" # finding
  scope                = "/subscriptions/00000000-0000-0000-0000-000000000000"
}
```

## Good
```hcl
resource "azurerm_role_assignment" "team" {
  principal_id         = "11111111-2222-3333-4444-555555555555"
  role_definition_name = "Contributor"
  scope                = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/shop"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.role_definition import is_subscription

_OWNER_ID = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635"


@rule(
    target="azurerm_role_assignment",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
)
def check(assignment: Node) -> Iterator[Fail]:
    name, number = assignment.at("role_definition_name"), assignment.at("role_definition_id")
    by_name = name.text == "Owner"
    if (by_name or _OWNER_ID in (number.text or "").lower()) and is_subscription(assignment.at("scope")):
        yield Fail(name if by_name else number, "somebody is made owner of the whole subscription", expected="a smaller role or scope")
