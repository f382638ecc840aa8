"""A data factory keeps its pipelines in no repository.

## Why it matters
Whoever saves a pipeline in the studio changes production at once: no review, no history, and no way back to yesterday's version.

## Five whys
1. Why did the nightly load write zeros? Somebody had changed the pipeline in the studio.
2. Why could yesterday's version not be restored? There is no history.
3. Why? The factory is connected to no repository.

## Fix now
`az datafactory configure-factory-repo --factory-resource-id ID --location LOCATION --factory-git-hub-configuration account-name=ORG
repository-name=REPO collaboration-branch=main root-folder=/`.

## Workaround
Export all pipelines nightly: `az datafactory pipeline list --factory-name FACTORY --resource-group GROUP`.

## Prevent
A repository for the development factory, and deployments from it to the others, which need none themselves.

## Validate
`az datafactory show --name FACTORY --resource-group GROUP --query repoConfiguration` prints the repository.

## Bad
```hcl
resource "azurerm_data_factory" "nightly" { # finding
  name                = "contoso-nightly"
  resource_group_name = "reports"
  location            = "westeurope"
}
```

## Good
```hcl
resource "azurerm_data_factory" "nightly" {
  name                = "contoso-nightly"
  resource_group_name = "reports"
  location            = "westeurope"
  github_configuration {
    account_name    = "contoso"
    repository_name = "pipelines"
    branch_name     = "main"
    git_url         = "https://github.com"
    root_folder     = "/"
  }
}
```

```hcl
resource "azurerm_data_factory" "nightly" {
  name                = "contoso-nightly"
  resource_group_name = "reports"
  location            = "westeurope"
  vsts_configuration {
    account_name    = "contoso"
    project_name    = "reports"
    repository_name = "pipelines"
    branch_name     = "main"
    root_folder     = "/"
    tenant_id       = "00000000-1111-2222-3333-444444444444"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_data_factory",
    severity=Severity.LOW,
    confidence=Confidence.LIKELY,
    aliases="CKV_AZURE_103",
)
def check(factory: Node) -> Iterator[Fail]:
    if factory.at("github_configuration").missing and factory.at("vsts_configuration").missing:
        yield Fail(factory, "the pipelines are in no repository", expected="a github_configuration or vsts_configuration")
