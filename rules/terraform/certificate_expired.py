"""A TLS certificate in the code has expired.

## Why it matters
Clients refuse it, and people who learn to click the warning away do so for a forged one as well. An expired certificate that is kept is
also the one that somebody picks by mistake for a listener.

## Five whys
1. Why do clients report an untrusted site? It shows an expired certificate.
2. Why was it not renewed? It stands in the code as text, and nothing renews text.
3. Why there? It was bought once, when there was no authority that renews by itself.

## Fix now
See what is served: `openssl s_client -connect HOST:443 -servername HOST < /dev/null 2>/dev/null | openssl x509 -noout -enddate`. Order a
certificate that the cloud renews (ACM with DNS validation, a Google-managed one, Let's Encrypt), put it on the listener, then delete this
resource.

## Workaround
Issue one by hand today: `certbot certonly --manual --preferred-challenges dns -d HOST`.

## Prevent
No certificate as text in code; an alarm 30 days before the end (`blackbox_exporter`, `probe_ssl_earliest_cert_expiry`).

## Validate
The command above prints a date in the future.

## Bad
```hcl finding=4
resource "google_compute_ssl_certificate" "web" {
  name        = "web"
  private_key = "projects/acme/secrets/web-key"
  certificate = <<-EOT
    -----BEGIN CERTIFICATE-----
    MIIBHDCBwgIBATAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9vbGQuZXhhbXBsZS5j
    b20wHhcNMjAwMTAxMDAwMDAwWhcNMjEwMTAxMDAwMDAwWjAaMRgwFgYDVQQDDA9v
    bGQuZXhhbXBsZS5jb20wWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAAQIVK8dXh6e
    VxTRaJWkZnz95qL74BHmz7T31O9cO8gCRTqpAnUCPRinySwTtw4RS061WMSykTdZ
    WNRKgSfLJYlCMAoGCCqGSM49BAMCA0kAMEYCIQDagPmb0wgwhFRfDH7XN0shEREn
    drvhGr6duzzMwrnvdAIhAKsCh3DXFi29Q85amv5U77ICzhewi0bzwnTOzuoZacw4
    -----END CERTIFICATE-----
  EOT
}
```

## Good
```hcl
resource "google_compute_ssl_certificate" "web" {
  name        = "web"
  private_key = "projects/acme/secrets/web-key"
  certificate = <<-EOT
    -----BEGIN CERTIFICATE-----
    MIIBHDCBxAIBAjAKBggqhkjOPQQDAjAaMRgwFgYDVQQDDA9vbGQuZXhhbXBsZS5j
    b20wIBcNMjAwMTAxMDAwMDAwWhgPMjA5OTEyMzEyMzU5NTlaMBoxGDAWBgNVBAMM
    D29sZC5leGFtcGxlLmNvbTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABAhUrx1e
    Hp5XFNFolaRmfP3movvgEebPtPfU71w7yAJFOqkCdQI9GKfJLBO3DhFLTrVYxLKR
    N1lY1EqBJ8sliUIwCgYIKoZIzj0EAwIDRwAwRAIgJOejEqv342bxNy7kxvyt0KfZ
    NRmz6tE2OK8qyJV8mP8CIFohFEU1oJzXh2yqvRzvdk5g/+9d6qIha9QBKRildpmu
    -----END CERTIFICATE-----
  EOT
}
```
"""

from collections.abc import Iterator
from datetime import date

from auditor.sdk import Fail, Node, Resource, Severity, rule
from auditor.views.x509 import end

_PATHS = {
    "aws_acm_certificate": "certificate_body",
    "aws_iam_server_certificate": "certificate_body",
    "alicloud_slb_server_certificate": "server_certificate",
    "digitalocean_certificate": "leaf_certificate",
    "google_compute_region_ssl_certificate": "certificate",
    "google_compute_ssl_certificate": "certificate",
    "nifcloud_ssl_certificate": "certificate",
    "openstack_keymanager_secret_v1": "payload",
}
_LONG_AGO = date(2025, 1, 1)
"""What ended before is expired whenever the rule runs; it asks no clock."""


@rule(target=" ".join(sorted(_PATHS)), severity=Severity.HIGH, aliases="AVD-NIF-0006 nifcloud-sslcertificate-remove-expired-certificates")
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    certificate = body.at(_PATHS[resource.kind])
    if certificate.missing:
        return
    last = end(certificate.text)
    if last is not None and last < _LONG_AGO:
        yield Fail(certificate, f"the certificate expired on {last.isoformat()}", expected="a valid one", actual=last.isoformat())
