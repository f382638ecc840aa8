"""A domain of a CDN accepts outdated TLS, or none.

## Why it matters
With TLS 1.0, or without a certificate at all, what the domain delivers can be changed on the way to the browser.

## Five whys
1. Why did the scan fail the media domain? It negotiated TLS 1.0.
2. Why? Its HTTPS settings ask for that version, or there are none.
3. Why? The block is optional, and the domain worked.

## Fix now
`az cdn custom-domain enable-https --endpoint-name ENDPOINT --profile-name PROFILE --resource-group GROUP --name DOMAIN --min-tls-version
1.2`.

## Workaround
Point the domain at Front Door, which begins at TLS 1.2.

## Prevent
The block with `TLS12` in the module for domains.

## Validate
`openssl s_client -tls1_1 -connect DOMAIN:443` fails.

## Bad
```hcl
resource "azurerm_cdn_endpoint_custom_domain" "media" {
  name            = "media"
  cdn_endpoint_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/endpoints/media"
  host_name       = "media.contoso.example"
  cdn_managed_https {
    certificate_type = "Dedicated"
    protocol_type    = "ServerNameIndication"
    tls_version      = "TLS10" # finding
  }
}
```

```hcl
resource "azurerm_cdn_endpoint_custom_domain" "media" { # finding
  name            = "media"
  cdn_endpoint_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/endpoints/media"
  host_name       = "media.contoso.example"
}
```

## Good
```hcl
resource "azurerm_cdn_endpoint_custom_domain" "media" {
  name            = "media"
  cdn_endpoint_id = "/subscriptions/0/resourceGroups/shop/providers/Microsoft.Cdn/profiles/contoso/endpoints/media"
  host_name       = "media.contoso.example"
  cdn_managed_https {
    certificate_type = "Dedicated"
    protocol_type    = "ServerNameIndication"
    tls_version      = "TLS12"
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule


@rule(
    target="azurerm_cdn_endpoint_custom_domain",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_200",
)
def check(domain: Node) -> Iterator[Fail]:
    blocks = [domain.at(name) for name in ("cdn_managed_https", "user_managed_https") if domain.at(name).present]
    for block in blocks:
        version = block.at("tls_version")
        if (version.text or "TLS12") != "TLS12":
            yield Fail(version, "the domain accepts outdated TLS", expected="TLS12")
    if not blocks:
        yield Fail(domain, "the domain is delivered without TLS", expected="cdn_managed_https with TLS12")
