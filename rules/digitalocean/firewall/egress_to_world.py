"""A firewall lets droplets connect to the whole internet.

## Why it matters
Malware gets its orders and sends data on whatever port goes out. A droplet that may reach only what it needs is of little use to it.

## Five whys
1. Why could the miner reach its pool? The droplet may connect anywhere.
2. Why? The outgoing rule has `0.0.0.0/0`.
3. Why? Package mirrors change their addresses.

## Fix now
`doctl compute firewall remove-rules ID --outbound-rules "protocol:tcp,ports:all,address:0.0.0.0/0"`, then add what is used: DNS, NTP, a
proxy droplet in the VPC.

## Workaround
Only 443 and 53 to everywhere is far less than all ports.

## Prevent
A proxy per VPC with a list of names; the module's outgoing rules point to it.

## Validate
On the droplet: `curl -m 5 http://example.com:8080` fails.

## Bad
```hcl
resource "digitalocean_firewall" "web" {
  name = "web"
  outbound_rule {
    protocol              = "tcp"
    port_range            = "1-65535"
    destination_addresses = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "digitalocean_firewall" "web" {
  name = "web"
  outbound_rule {
    protocol              = "tcp"
    port_range            = "3128"
    destination_addresses = ["10.114.0.0/20"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere


@rule(
    target="digitalocean_firewall",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    aliases="AVD-DIG-0003 digitalocean-compute-no-public-egress",
)
def check(firewall: Node) -> Iterator[Fail]:
    for outbound in firewall.each("outbound_rule"):
        for destination in outbound.each("destination_addresses"):
            if is_anywhere(destination.text):
                ports = outbound.at("port_range").text or "all ports"
                yield Fail(destination, f"droplets may connect to the whole internet ({ports})", expected="the ranges that are needed")
                break
