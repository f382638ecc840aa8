"""A route of Front Door answers or forwards plain HTTP.

## Why it matters
Either the visitor's half or the origin's half of the way is readable: cookies, forms and tokens in the first, all of it in the second.

## Five whys
1. Why was a session stolen? The browser sent its cookie over HTTP once.
2. Why was it answered? The route serves HTTP without a redirect, or forwards over it.
3. Why? The origin had no certificate when the route was made.

## Fix now
`az afd route update --route-name ROUTE --endpoint-name ENDPOINT --profile-name PROFILE --resource-group GROUP --https-redirect Enabled
--forwarding-protocol HttpsOnly`.

## Workaround
`Strict-Transport-Security` from the origin for the visitors' half.

## Prevent
The defaults of the module: redirect on, `HttpsOnly`.

## Validate
`curl -sI http://ENDPOINT` answers 307 to `https://`; the origin's log shows port 443.

## Bad
```hcl
resource "azurerm_cdn_frontdoor_route" "shop" {
  name                          = "shop"
  cdn_frontdoor_endpoint_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/afdEndpoints/shop"
  cdn_frontdoor_origin_group_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/originGroups/shop"
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.shop.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  https_redirect_enabled        = false # finding
  forwarding_protocol           = "HttpsOnly"
}
```

```hcl
resource "azurerm_cdn_frontdoor_route" "shop" {
  name                          = "shop"
  cdn_frontdoor_endpoint_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/afdEndpoints/shop"
  cdn_frontdoor_origin_group_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/originGroups/shop"
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.shop.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Https"]
  forwarding_protocol           = "HttpOnly" # finding
  https_redirect_enabled        = false
}
```

## Good
```hcl
resource "azurerm_cdn_frontdoor_route" "shop" {
  name                          = "shop"
  cdn_frontdoor_endpoint_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/afdEndpoints/shop"
  cdn_frontdoor_origin_group_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/originGroups/shop"
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.shop.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Http", "Https"]
  https_redirect_enabled        = true
  forwarding_protocol           = "HttpsOnly"
}
```

```hcl
resource "azurerm_cdn_frontdoor_route" "shop" {
  name                          = "shop"
  cdn_frontdoor_endpoint_id     = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/afdEndpoints/shop"
  cdn_frontdoor_origin_group_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/originGroups/shop"
  cdn_frontdoor_origin_ids      = [azurerm_cdn_frontdoor_origin.shop.id]
  patterns_to_match             = ["/*"]
  supported_protocols           = ["Https"]
  forwarding_protocol           = "HttpsOnly"
  https_redirect_enabled        = false
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_cdn_frontdoor_route",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
)
def check(route: Node) -> Iterator[Fail]:
    forwarding, redirect = route.at("forwarding_protocol"), route.at("https_redirect_enabled")
    if forwarding.text == "HttpOnly":
        yield Fail(forwarding, "requests are forwarded over plain HTTP", expected="HttpsOnly")
    if redirect.flag is False and any(protocol.text == "Http" for protocol in route.each("supported_protocols")):
        yield Fail(redirect, "requests over plain HTTP are answered", expected="https_redirect_enabled = true")
