"""A health check asks something that Route 53 cannot reach.

## Why it matters
Route 53 checks from the internet, from several places of the world. A private address, an internal load balancer, a port where nobody
listens or a redirect that it takes for an answer make a check that is always unhealthy, or always healthy: the failover that hangs on it
happens for no reason, or never.

## Five whys
1. Why did the name fail over while everything was well? The health check was unhealthy from the start.
2. Why? It asks an address that only the VPC knows.
3. Why was it made like this? The same address works for the load balancer's own checks.

## Fix now
Check what the internet can reach, or go by an alarm: `type = "CLOUDWATCH_METRIC"` with an alarm on `HealthyHostCount`.

## Workaround
`evaluate_target_health` of an alias needs no health check at all.

## Prevent
Make health check and public name in the same place.

## Validate
`aws route53 get-health-check-status --health-check-id ID` says `Success` from every region.

## Bad
```hcl
resource "aws_lb" "inner" {
  name     = "inner"
  internal = true
}

resource "aws_route53_health_check" "inner" {
  fqdn = aws_lb.inner.dns_name # finding
  type = "HTTPS"
  port = 443
}

resource "aws_route53_health_check" "private" {
  ip_address = "10.0.12.7" # finding
  type       = "TCP"
  port       = 443
}
```

```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
}

resource "aws_route53_health_check" "shop" {
  fqdn = aws_lb.shop.dns_name
  type = "HTTP"
  port = 8080 # finding
}
```

## Good
```hcl
resource "aws_lb" "shop" {
  name = "shop"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
}

resource "aws_route53_health_check" "shop" {
  fqdn = aws_lb.shop.dns_name
  type = "HTTPS"
}

resource "aws_route53_health_check" "alarm" {
  type                            = "CLOUDWATCH_METRIC"
  cloudwatch_alarm_name           = "inner-healthy-hosts"
  cloudwatch_alarm_region         = "eu-central-1"
  insufficient_data_health_status = "Unhealthy"
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Graph, Node, Severity, rule
from auditor.views.address_range import is_public, network
from auditor.views.decide import given
from auditor.views.load_balancer import is_public as faces_internet
from auditor.views.load_balancer import listeners, redirects_to_https
from auditor.views.zone import balancers_at

PORTS = {"HTTP": 80, "HTTP_STR_MATCH": 80, "HTTPS": 443, "HTTPS_STR_MATCH": 443}


@rule(target="aws_route53_health_check", severity=Severity.HIGH, symptoms=["HealthCheckStatus", "Failure: Connection timed out"])
def check(body: Node, graph: Graph) -> Iterator[Fail]:
    kind = body.at("type").text or ""
    if kind not in (*PORTS, "TCP"):
        return
    address, name = body.at("ip_address"), body.at("fqdn")
    if given(address):
        if network(address.text) is not None and not is_public(address.text):
            yield Fail(address, f"Route 53 checks from the internet, and {address.text} is a private address", expected="a public one")
        return
    for balancer in balancers_at(name, graph):
        if not faces_internet(balancer.body):
            message = f"Route 53 checks from the internet, and {balancer.address.text} is an internal load balancer"
            yield Fail(name, message, expected="a public name, or an alarm", related=(balancer.at("internal"),))
            return
        port = body.at("port")
        asked = PORTS.get(kind) if port.missing else port.number
        open_ports = {listener.at("port").number: listener for listener in listeners(balancer, graph)}
        where = body.at("type") if port.missing else port
        if asked is not None and open_ports and asked not in open_ports:
            known = ", ".join(f"{number:g}" for number in sorted(number for number in open_ports if number))
            yield Fail(where, f"{balancer.address.text} does not listen on port {asked:g}", expected=f"one of {known}")
        elif asked in open_ports and kind.startswith("HTTP_STR") and redirects_to_https(open_ports[asked].body):
            message = f"the listener on port {asked:g} only redirects, and the text that is looked for is not in a redirect"
            yield Fail(where, message, expected="type HTTPS_STR_MATCH", related=(open_ports[asked].body,))
