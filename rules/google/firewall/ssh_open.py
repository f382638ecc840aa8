"""A firewall rule opens SSH of chosen machines to the whole internet.

## Why it matters
Port 22 of every public address is tried by robots all day. One account with a weak password, one stolen key or one hole in the server is
enough, and nothing else stands in between.

## Five whys
1. Why are there thousands of failed logins in the log? The port is reachable from anywhere.
2. Why? A firewall rule lets `0.0.0.0/0` in on port 22.
3. Why the whole internet? People work from changing addresses.
4. Why not through a gateway? Identity-Aware Proxy was not known to do TCP.

## Fix now
`gcloud compute firewall-rules update RULE --source-ranges=35.235.240.0/20`, the range of IAP, and log in with `gcloud compute ssh
INSTANCE --tunnel-through-iap` (role `roles/iap.tunnelResourceAccessor`).

## Workaround
Close it at once and keep the rule: `gcloud compute firewall-rules update RULE --disabled`. Established sessions stay.

## Prevent
A hierarchical firewall policy on the organization that denies port 22 from `0.0.0.0/0` above all projects' rules.

## Validate
From outside: `nc -zvw3 ADDRESS 22` times out. Look at `gcloud compute firewall-rules list --filter="sourceRanges:0.0.0.0/0 AND
allowed[].ports:22"` as well.

## Bad
```hcl
resource "google_compute_firewall" "admin" {
  name          = "admin"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  target_tags   = ["bastion"]
  allow {
    protocol = "tcp"
    ports    = ["22"] # finding
  }
}

resource "google_compute_firewall" "range" {
  name          = "range"
  network       = "main"
  source_ranges = ["10.0.0.0/8", "0.0.0.0/0"]
  target_tags   = ["web"]
  allow {
    protocol = "icmp"
  }
  allow {
    protocol = "tcp"
    ports    = ["443", "20-30"] # finding
  }
}

resource "google_compute_network_firewall_policy_rule" "admin" {
  firewall_policy = "main"
  priority        = 100
  direction       = "INGRESS"
  action          = "allow"
  target_secure_tags {
    name = "tagValues/123456789012"
  }
  match {
    src_ip_ranges = ["0.0.0.0/0"]
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["22"] # finding
    }
  }
}
```

## Good
```hcl
resource "google_compute_firewall" "admin" {
  name          = "admin"
  network       = "main"
  source_ranges = ["35.235.240.0/20"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "off" {
  name          = "off"
  network       = "main"
  disabled      = true
  source_ranges = ["0.0.0.0/0"]
  allow {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_firewall" "denied" {
  name          = "denied"
  network       = "main"
  source_ranges = ["0.0.0.0/0"]
  deny {
    protocol = "tcp"
    ports    = ["22"]
  }
}

resource "google_compute_network_firewall_policy_rule" "next" {
  firewall_policy = "main"
  priority        = 100
  direction       = "INGRESS"
  action          = "goto_next"
  match {
    src_ip_ranges = ["0.0.0.0/0"]
    layer4_configs {
      ip_protocol = "tcp"
      ports       = ["22"]
    }
  }
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Fail, Node, Profile, Severity, rule
from auditor.views.google.firewall import KINDS, Firewall, open_to_world
from auditor.views.ports import SSH


@rule(target=KINDS, severity=Severity.HIGH, profile=Profile.GATE, aliases="CKV_GCP_2")
def check(body: Node) -> Iterator[Fail]:
    source = open_to_world(body)
    if source is not None and not Firewall(body).on_every_machine:
        for ports in Firewall(body).opens(SSH):
            yield Fail(ports.node, f"SSH is open to {source.text}", expected="the ranges of IAP or of your network", related=(source,))
            return
