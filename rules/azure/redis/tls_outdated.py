"""A Redis cache accepts TLS versions that are broken.

## Why it matters
Nothing written means TLS 1.0, which somebody on the way can force and break: the key of the cache is in the first packet.

## Five whys
1. Why could the cache's key be decrypted? The connection was TLS 1.0.
2. Why did the cache accept it? No minimum is written.
3. Why does that matter? The default of this resource is 1.0 before azurerm 5.

## Fix now
`az redis update --name CACHE --resource-group GROUP --set minimumTlsVersion=1.2`.

## Workaround
`ssl_min_version` of 1.2 in the clients.

## Prevent
`minimum_tls_version = "1.2"` in the module.

## Validate
`openssl s_client -tls1_1 -connect CACHE.redis.cache.windows.net:6380` fails.

## Bad
```hcl
resource "azurerm_redis_cache" "sessions" { # finding
  name                = "contoso-sessions"
  resource_group_name = "shop"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
}
```

```hcl
resource "azurerm_redis_cache" "sessions" {
  name                = "contoso-sessions"
  resource_group_name = "shop"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  minimum_tls_version = "1.1" # finding
}
```

## Good
```hcl
resource "azurerm_redis_cache" "sessions" {
  name                = "contoso-sessions"
  resource_group_name = "shop"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  minimum_tls_version = "1.2"
}
```

```hcl
resource "azurerm_redis_cache" "sessions" {
  name                = "contoso-sessions"
  resource_group_name = "shop"
  location            = "westeurope"
  capacity            = 1
  family              = "C"
  sku_name            = "Standard"
  minimum_tls_version = "1.2"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Graph, Node, Severity, rule
from auditor.views.decide import given
from auditor.views.provider import provider_major

_MODERN = frozenset({"1.2", "1.3"})
_MODERN_ONLY = 5


@rule(
    target="azurerm_redis_cache",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_AZURE_148",
)
def check(cache: Node, graph: Graph) -> Iterator[Fail]:
    version = cache.at("minimum_tls_version")
    if given(version):
        if version.text not in _MODERN:
            yield Fail(version, f"the cache accepts TLS {version.text}", expected="1.2")
    elif (provider_major(graph, "azurerm") or 0) < _MODERN_ONLY:
        yield Fail(version, "the cache accepts outdated TLS", expected="1.2", actual="not set, which means 1.0")
