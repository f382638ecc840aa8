"""An SSL policy accepts weak ciphers.

## Why it matters
With ciphers without ECDHE, whoever records traffic today and gets the key in a year reads it all. CBC ciphers in old TLS versions have
known attacks on cookies.

## Five whys
1. Why does the scan show TLS_RSA ciphers? The load balancer's policy offers them.
2. Why? Its profile is COMPATIBLE, or CUSTOM with these ciphers.
3. Why? It was chosen for a client that has long been replaced.

## Fix now
`gcloud compute ssl-policies update POLICY --profile=MODERN --min-tls-version=1.2`. It works within minutes; look before at the clients'
versions in the load balancer's log (`jsonPayload.tls`).

## Workaround
Old clients get a host name and target proxy of their own with the old policy.

## Prevent
One policy per organization with `RESTRICTED`, given to every target proxy by the module.

## Validate
`nmap --script ssl-enum-ciphers -p 443 HOST` lists only ECDHE ciphers with grade A.

## Bad
```hcl
resource "google_compute_ssl_policy" "web" { # finding
  name            = "web"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_ssl_policy" "custom" {
  name            = "custom"
  profile         = "CUSTOM"
  min_tls_version = "TLS_1_2"
  custom_features = [
    "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
    "TLS_RSA_WITH_AES_256_GCM_SHA384", # finding
  ]
}

resource "google_compute_ssl_policy" "modern" {
  name            = "modern"
  profile         = "MODERN"
  min_tls_version = "TLS_1_0" # finding
}
```

## Good
```hcl
resource "google_compute_ssl_policy" "web" {
  name            = "web"
  profile         = "MODERN"
  min_tls_version = "TLS_1_2"
}

resource "google_compute_ssl_policy" "strict" {
  name    = "strict"
  profile = "RESTRICTED"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule

_WEAK = frozenset(
    {
        "TLS_RSA_WITH_AES_128_GCM_SHA256",
        "TLS_RSA_WITH_AES_256_GCM_SHA384",
        "TLS_RSA_WITH_AES_128_CBC_SHA",
        "TLS_RSA_WITH_AES_256_CBC_SHA",
        "TLS_RSA_WITH_3DES_EDE_CBC_SHA",
    }
)
_KINDS = "google_compute_ssl_policy google_compute_region_ssl_policy"


@rule(target=_KINDS, severity=Severity.MEDIUM, aliases="CKV_GCP_4")
def check(policy: Node) -> Iterator[Fail]:
    profile = policy.at("profile")
    name = "COMPATIBLE" if profile.missing else profile.text
    if name == "COMPATIBLE":
        yield Fail(profile, "the profile COMPATIBLE allows ciphers without forward secrecy", expected="MODERN or RESTRICTED")
    elif name == "MODERN":
        yield from _old_versions(policy)
    elif name == "CUSTOM":
        for cipher in policy.each("custom_features"):
            if cipher.text in _WEAK:
                yield Fail(cipher, f"{cipher.text} has no forward secrecy", expected="ciphers with ECDHE")


def _old_versions(policy: Node) -> Iterator[Fail]:
    version = policy.at("min_tls_version")
    if version.missing or version.text in ("TLS_1_0", "TLS_1_1"):
        yield Fail(version, "with TLS below 1.2 the profile MODERN falls back to CBC ciphers", expected="TLS_1_2")
