"""Which names a TLS certificate is for, and which certificates a listener shows."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.node import Node
from auditor.model.resource import Resource
from auditor.views.decide import given, undecided
from auditor.views.index import first_open

CERTIFICATE = "aws_acm_certificate"
VALIDATION = "aws_acm_certificate_validation"
EXTRA = ("aws_lb_listener_certificate", "aws_alb_listener_certificate")


def names(certificate: Resource) -> tuple[str, ...]:
    """The names of an ACM certificate, in lower case; raises `Undecided` when one of them is not known."""
    if not given(certificate.at("domain_name")):
        raise undecided(certificate.body, "an imported certificate does not say its names")
    nodes = (certificate.at("domain_name"), *certificate.body.each("subject_alternative_names"))
    return tuple(dict.fromkeys((node.text or "").rstrip(".").lower() for node in nodes))


def fits(name: str, pattern: str) -> bool:
    """Whether a certificate for `pattern` is good for a host name; a star stands for one label."""
    name = name.rstrip(".").lower()
    return name == pattern or (pattern.startswith("*.") and name.partition(".")[2] == pattern[2:] and not name.startswith("."))


def certificates(arn: Node, graph: Graph) -> tuple[Resource, ...]:
    """The certificate that a value names, also through its validation; empty when it is not declared here."""
    found = graph.targets(arn, CERTIFICATE)
    if found:
        return found
    waiting = graph.targets(arn, VALIDATION)
    return tuple(it for validation in waiting for it in graph.targets(validation.at("certificate_arn"), CERTIFICATE))


def shown(listener: Resource, graph: Graph) -> tuple[Resource, ...]:
    """All certificates of a listener; raises `Undecided` when one is not declared here, or there may be more."""
    arns = [listener.at("certificate_arn")] if given(listener.at("certificate_arn")) else []
    if found := first_open(graph, ("listener_arn",), EXTRA):
        raise undecided(found[1], f"it is not known to which listener {found[0].address.text} belongs")
    arns += [extra.at("certificate_arn") for extra in graph.naming(listener, "listener_arn", *EXTRA)]
    if gap := graph.gap_for(listener):
        raise undecided(listener.body, gap)
    found_all: list[Resource] = []
    for arn in arns:
        these = certificates(arn, graph)
        if not these:
            raise undecided(arn, "the certificate is not declared here")
        found_all.extend(these)
    return tuple(found_all)
