"""Compute Engine: what several rules ask of machines and forwarding rules."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node

FROM_TEMPLATE: Final = "google_compute_instance_from_template"
"""A machine that takes from its template what it does not say itself."""

INSTANCES: Final = f"google_compute_instance google_compute_instance_template google_compute_region_instance_template {FROM_TEMPLATE}"

_YES: Final = frozenset({"true", "1", "y", "yes"})
_HTTP_PROXIES: Final = frozenset({"google_compute_target_http_proxy", "google_compute_region_target_http_proxy"})


def metadata_switch(instance: Node, name: str) -> bool | None:
    """Whether a switch in the metadata is on, in any of the spellings that the guest agent takes; None where it is not there."""
    value = instance.at("metadata").at(name)
    return None if value.missing else (value.text or "").lower() in _YES


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
