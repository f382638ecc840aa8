"""The environment variables of a container group are shown to everybody.

## Why it matters
Plain variables appear in the portal and in every `az container show` of a reader. A password that slips in there is known to all of them;
secure variables are never shown.

## Five whys
1. Why does the intern know the database password? He saw it in the portal.
2. Why was it shown? It was a plain environment variable.
3. Why? `secure_environment_variables` is another argument, and nobody looked.

## Fix now
Move the values to `secure_environment_variables`, make the group anew, and change what was a secret.

## Workaround
A volume of the type secret, or the identity of the group and a vault.

## Prevent
Only `secure_environment_variables` in the module: it costs nothing for harmless values.

## Validate
`az container show --name GROUP_NAME --resource-group GROUP --query "containers[].environmentVariables[].[name, value]"` shows no values.

## Bad
```hcl
resource "azurerm_container_group" "import" {
  name                = "import"
  resource_group_name = "shop"
  location            = "westeurope"
  os_type             = "Linux"
  container {
    name                  = "import"
    image                 = "contosoimages.azurecr.io/import:1.4"
    cpu                   = 1
    memory                = 2
    environment_variables = { DATABASE = "orders" } # finding
  }
}
```

## Good
```hcl
resource "azurerm_container_group" "import" {
  name                = "import"
  resource_group_name = "shop"
  location            = "westeurope"
  os_type             = "Linux"
  container {
    name                         = "import"
    image                        = "contosoimages.azurecr.io/import:1.4"
    cpu                          = 1
    memory                       = 2
    secure_environment_variables = { DATABASE = "orders" }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_container_group",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_235",
)
def check(group: Node) -> Iterator[Fail]:
    for path in ("container", "init_container"):
        for container in group.each(path):
            variables = container.at("environment_variables")
            if any(True for _ in variables.entries()):
                yield Fail(variables, "every reader of the group sees the variables", expected="secure_environment_variables")
