"""A Direct Connect link is not encrypted on the wire.

## Why it matters
The fibre runs through the buildings and patch panels of others. A private link is private by routing, not by encryption: who can tap it
reads what goes over it.

## Five whys
1. Why could the traffic be read in the meet-me room? It crosses the fibre in clear text.
2. Why? The connection was ordered without MACsec.
3. Why? It has to be asked for with the order, and needs a port of 10 Gbit/s or more that offers it.

## Fix now
MACsec cannot be added to a port without it: order a new connection with `request_macsec = true` at a location that offers it (`aws
directconnect describe-locations --query 'locations[].[locationCode,availableMacSecPortSpeeds]'`), associate the key, move the virtual
interfaces, delete the old one.

## Workaround
IPsec over the link: a VPN on a public or transit virtual interface, or TLS for everything that goes over it.

## Prevent
Ask for MACsec in every order of 10 Gbit/s and more, and set `encryption_mode = "must_encrypt"` once keys are in place.

## Validate
`aws directconnect describe-connections --connection-id dxcon-… --query
'connections[].[macSecCapable,encryptionMode,portEncryptionStatus]'` prints true, must_encrypt and Encryption Up.

## Bad
```hcl
resource "aws_dx_connection" "frankfurt" { # finding
  name      = "frankfurt"
  bandwidth = "10Gbps"
  location  = "EqFA5"
}
```

## Good
```hcl
resource "aws_dx_connection" "frankfurt" {
  name            = "frankfurt"
  bandwidth       = "10Gbps"
  location        = "EqFA5"
  request_macsec  = true
  encryption_mode = "must_encrypt"
}

resource "aws_dx_connection" "branch" {
  name      = "branch"
  bandwidth = "1Gbps"
  location  = "EqFA5"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule

CAPABLE = frozenset({"10Gbps", "100Gbps", "400Gbps"})


@rule(target="aws_dx_connection", severity=Severity.LOW, confidence=Confidence.FIRM)
def check(connection: Node) -> Iterator[Fail]:
    macsec = connection.at("request_macsec")
    if connection.at("bandwidth").text in CAPABLE and not macsec.flag:
        yield Fail(macsec, "the link is not encrypted on the wire", expected="request_macsec = true")
