"""What the flags of the control plane mean when they are left out, and where else they can be set."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

_EVERYWHERE = "0.0.0.0"  # noqa: S104 - it is what the programs do

DEFAULTS: Final[Mapping[str, Mapping[str, str]]] = {
    "kube-apiserver": {
        "anonymous-auth": "true",
        "authorization-mode": "AlwaysAllow",
        "profiling": "true",
        "request-timeout": "1m0s",
        "secure-port": "6443",
        "service-account-extend-token-expiration": "true",
        "service-account-lookup": "true",
    },
    "kube-controller-manager": {
        "bind-address": _EVERYWHERE,
        "profiling": "true",
        "terminated-pod-gc-threshold": "12500",
        "use-service-account-credentials": "false",
    },
    "kube-scheduler": {"bind-address": _EVERYWHERE, "profiling": "true"},
    "etcd": {"auto-tls": "false", "client-cert-auth": "false", "peer-auto-tls": "false", "peer-client-cert-auth": "false"},
    "kubelet": {
        "anonymous-auth": "true",
        "authorization-mode": "AlwaysAllow",
        "event-qps": "50",
        "make-iptables-util-chains": "true",
        "protect-kernel-defaults": "false",
        "read-only-port": "10255",
        "rotate-certificates": "false",
        "streaming-connection-idle-timeout": "4h0m0s",
    },
    "kube-proxy": {"metrics-bind-address": "127.0.0.1:10249"},
    "KubeletConfiguration": {
        "anonymous-auth": "false",
        "authorization-mode": "Webhook",
        "event-qps": "50",
        "make-iptables-util-chains": "true",
        "protect-kernel-defaults": "false",
        "read-only-port": "0",
        "rotate-certificates": "false",
        "streaming-connection-idle-timeout": "4h0m0s",
    },
    "KubeProxyConfiguration": {"metrics-bind-address": "127.0.0.1:10249"},
}
"""program, or kind of configuration file -> flag -> what it means when it is left out."""

INSTALLED: Final[Mapping[str, Mapping[str, str]]] = {
    "kube-apiserver": {
        "authorization-mode": "Node,RBAC",
        "client-ca-file": "/etc/kubernetes/pki/ca.crt",
        "enable-admission-plugins": "NodeRestriction",
        "etcd-cafile": "/etc/kubernetes/pki/etcd/ca.crt",
        "etcd-certfile": "/etc/kubernetes/pki/apiserver-etcd-client.crt",
        "etcd-keyfile": "/etc/kubernetes/pki/apiserver-etcd-client.key",
        "kubelet-client-certificate": "/etc/kubernetes/pki/apiserver-kubelet-client.crt",
        "kubelet-client-key": "/etc/kubernetes/pki/apiserver-kubelet-client.key",
        "service-account-key-file": "/etc/kubernetes/pki/sa.pub",
        "tls-cert-file": "/etc/kubernetes/pki/apiserver.crt",
        "tls-private-key-file": "/etc/kubernetes/pki/apiserver.key",
    },
    "kube-controller-manager": {
        "bind-address": "127.0.0.1",
        "root-ca-file": "/etc/kubernetes/pki/ca.crt",
        "service-account-private-key-file": "/etc/kubernetes/pki/sa.key",
        "use-service-account-credentials": "true",
    },
    "kube-scheduler": {"bind-address": "127.0.0.1"},
    "etcd": {
        "cert-file": "/etc/kubernetes/pki/etcd/server.crt",
        "client-cert-auth": "true",
        "key-file": "/etc/kubernetes/pki/etcd/server.key",
        "peer-cert-file": "/etc/kubernetes/pki/etcd/peer.crt",
        "peer-client-cert-auth": "true",
        "peer-key-file": "/etc/kubernetes/pki/etcd/peer.key",
        "peer-trusted-ca-file": "/etc/kubernetes/pki/etcd/ca.crt",
        "trusted-ca-file": "/etc/kubernetes/pki/etcd/ca.crt",
    },
}
"""program -> flag -> what kubeadm sets unless its configuration says otherwise."""

ELSEWHERE: Final[Mapping[str, Mapping[str, frozenset[str]]]] = {
    "kube-apiserver": {
        "authentication-config": frozenset({"anonymous-auth"}),
        "authorization-config": frozenset({"authorization-mode"}),
        "flagfile": frozenset(),
    },
    "kube-scheduler": {"config": frozenset({"profiling"})},
    "etcd": {"config-file": frozenset()},
    "kubelet": {"config": frozenset(), "config-dir": frozenset()},
    "kube-proxy": {"config": frozenset()},
}
"""program -> flag that names a file -> the flags that the file can replace; every one when none is named."""

FIELDS: Final[Mapping[str, tuple[str, Mapping[str, str]]]] = {
    "KubeletConfiguration": (
        "kubelet",
        {
            "anonymous-auth": "authentication.anonymous.enabled",
            "authorization-mode": "authorization.mode",
            "client-ca-file": "authentication.x509.clientCAFile",
            "event-qps": "eventRecordQPS",
            "feature-gates": "featureGates",
            "make-iptables-util-chains": "makeIPTablesUtilChains",
            "protect-kernel-defaults": "protectKernelDefaults",
            "read-only-port": "readOnlyPort",
            "rotate-certificates": "rotateCertificates",
            "rotate-server-certificates": "serverTLSBootstrap",
            "streaming-connection-idle-timeout": "streamingConnectionIdleTimeout",
            "tls-cert-file": "tlsCertFile",
            "tls-cipher-suites": "tlsCipherSuites",
            "tls-private-key-file": "tlsPrivateKeyFile",
        },
    ),
    "KubeProxyConfiguration": ("kube-proxy", {"metrics-bind-address": "metricsBindAddress"}),
}
"""kind of configuration file -> (program, flag -> path of the field that does the same)."""

SECURE_CIPHERS: Final = frozenset(
    """
    TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256
    TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256
    TLS_ECDHE_ECDSA_WITH_AES_256_CBC_SHA TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384
    TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305 TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
    TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256
    TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256
    """.split()  # noqa: SIM905 - a list of quoted words does not read better
)
"""The cipher suites that Kubernetes does not call insecure."""

REMOVED: Final[Mapping[str, Mapping[str, tuple[int, int]]]] = {
    "kube-apiserver": {
        "address": (1, 24),
        "basic-auth-file": (1, 19),
        "insecure-bind-address": (1, 24),
        "insecure-port": (1, 24),
        "port": (1, 24),
    },
    "kube-controller-manager": {"address": (1, 24), "enable-taint-manager": (1, 27), "pod-eviction-timeout": (1, 27), "port": (1, 24)},
    "kubelet": {
        "cni-bin-dir": (1, 24),
        "cni-conf-dir": (1, 24),
        "container-runtime": (1, 27),
        "network-plugin": (1, 24),
    },
}
"""program -> flag -> the first version that ends with `unknown flag` when it is given."""

REMOVED_PLUGINS: Final[Mapping[str, tuple[int, int]]] = {"PodSecurityPolicy": (1, 25), "SecurityContextDeny": (1, 30)}
"""admission plugin -> the first version that does not start with it."""
