"""A firewall lets the whole internet in.

## Why it matters
Each such rule is a hole that has to be wanted: for 443 of a web site it is, for 22 or a database it is how droplets are lost. Behind a
load balancer not even the web port needs it.

## Five whys
1. Why could a stranger connect to the droplet? The firewall lets every address in.
2. Why? The rule's source is `0.0.0.0/0`.
3. Why? It was copied from the documentation's example.

## Fix now
Name the load balancer or your ranges: `doctl compute firewall remove-rules ID --inbound-rules "protocol:tcp,ports:22,address:0.0.0.0/0"`,
then `add-rules` with `address:203.0.113.0/24` or `load_balancer_uid:LB`.

## Workaround
A port that is meant for everybody: suppress the rule there and say which service it is.

## Prevent
`source_load_balancer_uids` and `source_tags` in the module; addresses only from a list of known ranges.

## Validate
`doctl compute firewall get ID` shows no `0.0.0.0/0` under inbound rules.

## Bad
```hcl
resource "digitalocean_firewall" "web" {
  name = "web"
  inbound_rule {
    protocol         = "tcp"
    port_range       = "22"
    source_addresses = ["0.0.0.0/0"] # finding
  }
}
```

## Good
```hcl
resource "digitalocean_firewall" "web" {
  name = "web"
  inbound_rule {
    protocol         = "tcp"
    port_range       = "22"
    source_addresses = ["203.0.113.0/24"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.address_range import is_anywhere


@rule(
    target="digitalocean_firewall",
    severity=Severity.MEDIUM,
    confidence=Confidence.FIRM,
    aliases="CKV_DIO_4 AVD-DIG-0001 digitalocean-compute-no-public-ingress",
)
def check(firewall: Node) -> Iterator[Fail]:
    for inbound in firewall.each("inbound_rule"):
        for source in inbound.each("source_addresses"):
            if is_anywhere(source.text):
                ports = inbound.at("port_range").text or "all ports"
                yield Fail(source, f"the whole internet may connect ({ports})", expected="the ranges that need it")
                break
