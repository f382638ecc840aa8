"""Compute Engine: what several rules ask of machines and forwarding rules."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node

_HTTP_PROXIES: Final = frozenset({"google_compute_target_http_proxy", "google_compute_region_target_http_proxy"})


def made_by_kubernetes(instance: Node) -> bool:
    """Whether GKE made the machine: it names its nodes `gke-...`, and settles in the node pool what they run as."""
    name = instance.at("name")
    return name.present and (name.text or "").startswith("gke-")


def plain_http_target(target: Node) -> bool:
    """Whether a forwarding rule's target is an HTTP proxy: by the kind of what it refers to, or by its path."""
    kinds = [part for ref in target.refs for part in ref.address.text.split(".") if part.startswith("google_compute_")]
    if kinds:
        return all(kind in _HTTP_PROXIES for kind in kinds)
    return target.present and "/targetHttpProxies/" in (target.text or "")
