"""A firewall rule opens plain HTTP to the whole internet.

## Why it matters
What goes over port 80 can be read and changed on its way, cookies and logins too. And machines that answer strangers directly stand
outside of everything a load balancer gives: TLS, Cloud Armor, one place to block an attack.

## Five whys
1. Why could a login be read in a café's network? The page was served over HTTP.
2. Why? Port 80 of the machine is open to everybody.
3. Why does the machine answer itself? The load balancer came later, and the rule stayed.

## Fix now
Let in only the load balancer and its health checks: `gcloud compute firewall-rules update RULE
--source-ranges=130.211.0.0/22,35.191.0.0/16`. Redirect port 80 to 443 on the load balancer.

## Workaround
If the machine has to answer itself: a web server that only redirects to HTTPS (`return 301 https://$host$request_uri;`).

## Prevent
No external addresses on web servers; a load balancer with a managed certificate in the module.

## Validate
`curl -sI http://ADDRESS/` from outside times out or answers 301 to https.

## Bad
```hcl
resource "google_compute_firewall" "web" {
  name          = "web"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports = [
      "80", # finding
      "443",
    ]
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "web" {
  name          = "web"
  network       = "main"
  source_ranges = ["130.211.0.0/22", "35.191.0.0/16"]
  allow {
    protocol = "tcp"
    ports    = ["80"]
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world

_HTTP = 80


@rule(target=KINDS, severity=Severity.LOW, aliases="CKV_GCP_106")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None:
        for ports in Firewall(body).opens(_HTTP):
            yield Fail(ports.node, f"unencrypted HTTP is open to {source.text}", expected="a load balancer in front", related=(source,))
            return
