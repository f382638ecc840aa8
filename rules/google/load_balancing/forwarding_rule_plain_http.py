"""A regional load balancer serves the internet over plain HTTP.

## Why it matters
Between the visitor and the load balancer everything can be read and changed: passwords, cookies, downloads. Each network on the way, the
café's included, is such a place.

## Five whys
1. Why could a login be read on its way? The page was served without TLS.
2. Why? The forwarding rule's target is an HTTP proxy.
3. Why? The certificate was to be added later.

## Fix now
`gcloud compute target-https-proxies create PROXY --region=REGION --url-map=MAP --certificate-manager-certificates=CERT`, then `gcloud
compute forwarding-rules create RULE-443 --region=REGION --ports=443 --load-balancing-scheme=EXTERNAL_MANAGED --target-https-proxy=PROXY
--target-https-proxy-region=REGION`.

## Workaround
Keep port 80 for a redirect only, and suppress the rule there with that reason.

## Prevent
A load balancer module that makes the HTTPS proxy and the redirect together.

## Validate
`curl -sI http://HOST` answers with a 301 to `https://`.

## Bad
```hcl
resource "google_compute_forwarding_rule" "web" {
  name                  = "web"
  region                = "europe-west1"
  load_balancing_scheme = "EXTERNAL"
  port_range            = "80"
  target                = google_compute_region_target_http_proxy.web.id # finding
}

resource "google_compute_region_target_http_proxy" "web" {
  name    = "web"
  region  = "europe-west1"
  url_map = "web"
}
```

## Good
```hcl
resource "google_compute_forwarding_rule" "web" {
  name                  = "web"
  region                = "europe-west1"
  load_balancing_scheme = "EXTERNAL_MANAGED"
  port_range            = "443"
  target                = google_compute_region_target_https_proxy.web.id
}

resource "google_compute_region_target_https_proxy" "web" {
  name    = "web"
  region  = "europe-west1"
  url_map = "web"
}

resource "google_compute_forwarding_rule" "inside" {
  name                  = "inside"
  region                = "europe-west1"
  load_balancing_scheme = "INTERNAL_MANAGED"
  target                = "projects/acme/regions/europe-west1/targetHttpProxies/inside"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.compute import plain_http_target


@rule(target="google_compute_forwarding_rule", severity=Severity.MEDIUM, aliases="CKV2_GCP_37")
def check(forwarding: Node) -> Iterator[Fail]:
    scheme, target = forwarding.at("load_balancing_scheme"), forwarding.at("target")
    if not scheme.missing and not (scheme.text or "").startswith("EXTERNAL"):
        return
    if plain_http_target(target):
        yield Fail(target, "the regional load balancer serves the internet over plain HTTP", expected="a target HTTPS proxy")
