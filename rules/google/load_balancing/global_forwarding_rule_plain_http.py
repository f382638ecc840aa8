"""A global load balancer serves the internet over plain HTTP.

## Why it matters
The anycast address answers all over the world, and every network between a visitor and Google's edge can read and rewrite the page.
Search engines and browsers mark it as unsafe.

## Five whys
1. Why do browsers warn of the site? It is served without TLS.
2. Why? Its forwarding rule leads to a target HTTP proxy.
3. Why? A managed certificate needs the DNS record first, so HTTP was put up for the time being.

## Fix now
`gcloud compute ssl-certificates create CERT --domains=HOST --global`, `gcloud compute target-https-proxies create PROXY --url-map=MAP
--ssl-certificates=CERT`, then `gcloud compute forwarding-rules create RULE-443 --global --ports=443 --target-https-proxy=PROXY
--address=ADDRESS`.

## Workaround
A URL map whose only content is `default_url_redirect { https_redirect = true }` may stay on port 80; suppress the rule with that reason.

## Prevent
Certificate Manager with DNS authorization, which issues the certificate before the site is up.

## Validate
`curl -sI http://HOST` answers with a 301 to `https://`, and `curl -sI https://HOST` with the page.

## Bad
```hcl
resource "google_compute_global_forwarding_rule" "web" {
  name       = "web"
  port_range = "80"
  target     = google_compute_target_http_proxy.web.id # finding
}

resource "google_compute_target_http_proxy" "web" {
  name    = "web"
  url_map = "web"
}
```

## Good
```hcl
resource "google_compute_global_forwarding_rule" "web" {
  name       = "web"
  port_range = "443"
  target     = google_compute_target_https_proxy.web.id
}

resource "google_compute_target_https_proxy" "web" {
  name    = "web"
  url_map = "web"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.compute import plain_http_target


@rule(target="google_compute_global_forwarding_rule", severity=Severity.MEDIUM, aliases="CKV2_GCP_38")
def check(forwarding: Node) -> Iterator[Fail]:
    scheme, target = forwarding.at("load_balancing_scheme"), forwarding.at("target")
    if not scheme.missing and not (scheme.text or "").startswith("EXTERNAL"):
        return
    if plain_http_target(target):
        yield Fail(target, "the global load balancer serves the internet over plain HTTP", expected="a target HTTPS proxy")
