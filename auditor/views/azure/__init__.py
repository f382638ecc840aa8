"""Views of Azure resources, as the `azurerm` provider writes them."""
