"""A web app runs on a Java before version 11.

## Why it matters
Java 7 and 8 lack the fixes and the TLS 1.3 of newer versions; frameworks have dropped them, so their fixes do not arrive either.

## Five whys
1. Why could the fixed framework not be used? It needs Java 17.
2. Why is the app on Java 8? `java_version` says so.
3. Why? The version was written years ago.

## Fix now
Build for Java 17 or newer, test in a slot, `az webapp config set --name APP --resource-group GROUP --java-version 17 --java-container
TOMCAT --java-container-version 10.1`.

## Workaround
The last update of Java 8 from the platform (leave the minor version open).

## Prevent
One variable for all apps, and the build with the next version in the pipeline.

## Validate
`az webapp config show --name APP --resource-group GROUP --query javaVersion`.

## Bad
```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    java_version           = "1.8" # finding
    java_container         = "TOMCAT"
    java_container_version = "9.0"
  }
}
```

## Good
```hcl
resource "azurerm_app_service" "shop" {
  name                = "contoso-shop"
  resource_group_name = "shop"
  location            = "westeurope"
  app_service_plan_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Web/serverfarms/shop"
  site_config {
    java_version           = "17"
    java_container         = "TOMCAT"
    java_container_version = "9.0"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.azure.web_app import older


@rule(
    target="azurerm_app_service",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_83",
)
def check(app: Node) -> Iterator[Fail]:
    version = app.at("site_config.java_version")
    if older(version, (11, 0)):
        yield Fail(version, f"Java {version.text} is outdated", expected="17 or newer")
