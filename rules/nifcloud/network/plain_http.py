"""A load balancer answers the internet over plain HTTP.

## Why it matters
Logins, cookies and pages can be read and changed by every network on their way.

## Five whys
1. Why could a login be read on its way? The page came over HTTP.
2. Why? The load balancer's front speaks it.
3. Why? The certificate was to follow.

## Fix now
A certificate (`nifcloud_ssl_certificate`), a listener with `protocol = "HTTPS"` on 443, and a redirect on 80 by the servers.

## Workaround
A redirect to HTTPS in the servers, by `X-Forwarded-Proto`.

## Prevent
HTTPS in the load balancer module.

## Validate
`curl -sI http://HOST/` answers with a redirect to https.

## Bad
```hcl
resource "nifcloud_elb" "web" {
  elb_name = "web"
  protocol = "HTTP" # finding
  network_interface {
    network_id     = "net-COMMON_GLOBAL"
    is_vip_network = true
  }
}

resource "nifcloud_load_balancer" "web" {
  load_balancer_name = "web"
  load_balancer_port = 80 # finding
}
```

## Good
```hcl
resource "nifcloud_elb" "web" {
  elb_name = "web"
  protocol = "HTTPS"
  network_interface {
    network_id     = "net-COMMON_GLOBAL"
    is_vip_network = true
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Resource, Severity, rule

_HTTP = 80
_KINDS = "nifcloud_elb nifcloud_elb_listener nifcloud_load_balancer nifcloud_load_balancer_listener"


@rule(target=_KINDS, severity=Severity.MEDIUM, aliases="AVD-NIF-0021 nifcloud-network-http-not-used")
def check(balancer: Node, resource: Resource) -> Iterator[Fail]:
    if resource.kind.startswith("nifcloud_load_balancer"):
        port = balancer.at("load_balancer_port")
        if port.number == _HTTP:
            yield Fail(port, "the load balancer answers over plain HTTP", expected="443")
        return
    protocol = balancer.at("protocol")
    if protocol.text == "HTTP" and _public(balancer):
        yield Fail(protocol, "the load balancer answers the internet over plain HTTP", expected="HTTPS")


def _public(balancer: Node) -> bool:
    """Whether its front stands in the global network."""
    return any(
        interface.at("network_id").text == "net-COMMON_GLOBAL" and interface.at("is_vip_network").flag is not False
        for interface in balancer.each("network_interface")
    )
