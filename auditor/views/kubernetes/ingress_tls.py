"""TLS of ingresses: where it ends, and which hosts a certificate is for."""

from __future__ import annotations

from auditor.model.resource import Resource

_CERTIFICATES = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/listen-ports",
    "service.beta.kubernetes.io/aws-load-balancer-ssl-cert",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/certmap",
    "networking.gke.io/v1beta1.FrontendConfig",
    "appgw.ingress.kubernetes.io/appgw-ssl-certificate",
    "kubernetes.azure.com/tls-cert-keyvault-uri",
    "traefik.ingress.kubernetes.io/router.tls",
    "haproxy.org/server-ssl",
)


def ends_elsewhere(ingress: Resource) -> bool:
    """Whether TLS ends at a load balancer with a certificate of its own, as an annotation says. Raises `Undecided`."""
    for key, node in ingress.at("metadata.annotations").entries():
        if key in _CERTIFICATES and (key != "alb.ingress.kubernetes.io/listen-ports" or "HTTPS" in (node.text or "")):
            return True
    return False


def covers(pattern: str, host: str) -> bool:
    """Whether the host of a certificate (`*.example.org` stands for one label) is for a host."""
    if pattern.startswith("*."):
        return host == pattern or (host.partition(".")[2] == pattern[2:] and not host.startswith("*"))
    return pattern == host
