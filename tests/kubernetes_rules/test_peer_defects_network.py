"""Networking: what other tools get wrong, what we say, and what we must not say."""

from __future__ import annotations

import pytest

from tests.kubernetes_made import deployment
from tests.kubernetes_rules.ran import messages, resources, results, unsure


def workload(name: str = "web", labels: str = "app: web", container: str = "", spec: str = "", namespace: str = "") -> str:
    """A Deployment; `container` and `spec` in flow style."""
    where = f", namespace: {namespace}" if namespace else ""
    return f"""\
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}{where}}}
spec:
  selector: {{matchLabels: {{{labels}}}}}
  template:
    metadata: {{labels: {{{labels}}}}}
    spec: {{containers: [{{name: main, image: "shop/web:1.4.2"{container}}}]{spec}}}
"""


def service(spec: str, name: str = "web", namespace: str = "") -> str:
    where = f", namespace: {namespace}" if namespace else ""
    return f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}{where}}}\nspec: {spec}\n"


def ingress(spec: str, metadata: str = "") -> str:
    return f"---\napiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: i{metadata}}}\nspec: {spec}\n"


def route(spec: str, kind: str = "HTTPRoute", metadata: str = "") -> str:
    return f"---\napiVersion: gateway.networking.k8s.io/v1\nkind: {kind}\nmetadata: {{name: r{metadata}}}\nspec: {spec}\n"


def policy(spec: str, name: str = "guard", namespace: str = "") -> str:
    where = f", namespace: {namespace}" if namespace else ""
    return f"---\napiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}{where}}}\nspec: {spec}\n"


def to(port: str, name: str = "web") -> str:
    return f"{{service: {{name: {name}, port: {{{port}}}}}}}"


# -- backends: kube-score and popeye take any port of a Service whose port has no name, and do not read defaultBackend


@pytest.mark.parametrize(("port", "wrong"), [("number: 8080", True), ("number: 80", False), ("name: http", True)])
def test_ports_of_a_service_with_an_unnamed_port(port: str, *, wrong: bool) -> None:
    text = service("{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}")
    for place in (f"{{defaultBackend: {to(port)}}}", f"{{rules: [{{http: {{paths: [{{path: /, backend: {to(port)}}}]}}}}]}}"):
        assert bool(resources("network/backend_port_missing", text + ingress(place))) is wrong


def test_the_default_backend_is_a_backend() -> None:
    text = service("{ports: [{port: 80}]}", "other") + ingress(f"{{defaultBackend: {to('number: 80')}}}")
    (message,) = messages("network/backend_service_missing", text)
    assert message.startswith("the traffic that no rule matches goes to the Service web")


@pytest.mark.parametrize("kind", ["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"])
def test_ports_of_routes(kind: str) -> None:
    # kubescape's C-0302 does not look at ports
    text = service("{ports: [{name: http, port: 80}]}") + route("{rules: [{backendRefs: [{name: web, port: 8080}]}]}", kind)
    assert messages("network/backend_port_missing", text) == ["the traffic goes to port 8080 of the Service web, which has 80 (http)"]


def test_a_backend_is_looked_up_in_its_own_namespace() -> None:
    # popeye and kube-linter compare names, not namespaces
    text = service("{ports: [{port: 80}]}", namespace="shop")
    assert resources("network/backend_service_missing", text + ingress(f"{{defaultBackend: {to('number: 80')}}}", ", namespace: edge"))
    assert not resources("network/backend_service_missing", text + ingress(f"{{defaultBackend: {to('number: 80')}}}", ", namespace: shop"))
    assert not resources("network/backend_service_missing", text + ingress(f"{{defaultBackend: {to('number: 80')}}}"))


def test_what_is_deployed_from_elsewhere_is_not_missing() -> None:
    # kube-score and kube-linter judge one file as if it were the cluster
    alone = ingress(f"{{defaultBackend: {to('number: 80')}}}")
    assert not resources("network/backend_service_missing", alone)
    assert unsure("network/backend_service_missing", alone) == ["/Ingress/i"]
    assert resources("network/backend_service_missing", alone, closed=True) == ["/Ingress/i"]


# -- Services: kube-linter flags every one without a selector, and says "dangling" when a workload could not be read


def test_services_without_a_selector_are_not_dangling() -> None:
    text = deployment() + service("{ports: [{port: 80}]}") + service("{type: ExternalName, externalName: x.org}", "far")
    assert not resources("network/service_without_pods", text)


def test_an_unreadable_workload_leaves_the_service_open() -> None:
    text = deployment() + service("{selector: {app: far}}") + "---\nkind: [\n"
    assert not resources("network/service_without_pods", text)
    assert unsure("network/service_without_pods", text) == ["/Service/web"]


def test_pods_of_custom_resources_and_labels_of_the_control_plane() -> None:
    rollout = workload().replace("apps/v1\nkind: Deployment", "argoproj.io/v1alpha1\nkind: Rollout")
    assert not resources("network/service_without_pods", rollout + service("{selector: {app: web}}"))
    kafka = "---\napiVersion: kafka.strimzi.io/v1\nkind: Kafka\nmetadata: {name: events}\n"
    assert not resources("network/service_without_pods", deployment() + kafka + service("{selector: {strimzi.io/cluster: events}}"))
    one = service("{selector: {statefulset.kubernetes.io/pod-name: web-0}}")
    assert not resources("network/service_without_pods", deployment() + one)


def test_the_label_that_differs_is_named() -> None:
    (message,) = messages("network/service_without_pods", workload(labels="app: web-frontend") + service("{selector: {app: web}}"))
    assert message == "no pod of the same namespace has app=web; Deployment web has app=web-frontend"


# -- ports of Services: popeye looks at the first pod only; nobody looks at what else shows the port

SEES_8080 = ', ports: [{name: http, containerPort: 8080}], readinessProbe: {httpGet: {port: http}}, env: [{name: PORT, value: "8080"}]'


def test_a_target_port_against_all_evidence() -> None:
    text = workload(container=SEES_8080) + service("{selector: {app: web}, ports: [{port: 80, targetPort: 9000}]}")
    (message,) = messages("network/target_port_contradicted", text)
    assert message == (
        "nothing in the pods shows port 9000: containerPort says 8080, the readiness probe says 8080, the variable PORT says 8080"
    )
    assert not resources("network/target_port_undeclared", text)  # one finding for one fault


@pytest.mark.parametrize(
    ("container", "spec"),
    [
        (SEES_8080, "{selector: {app: web}, ports: [{port: 80, targetPort: http}]}"),
        ("", "{selector: {app: web}, ports: [{port: 80}]}"),  # nothing is declared
        (SEES_8080, "{clusterIP: None, selector: {app: web}, ports: [{port: 5432}]}"),  # headless: the port means nothing
        (SEES_8080 + ", args: [--metrics=:9000]", "{selector: {app: web}, ports: [{port: 9000}]}"),
        (SEES_8080, "{selector: {app: web}, ports: [{name: a, port: 8080}, {name: b, port: 9000}]}"),  # one more, undeclared
    ],
)
def test_ports_that_may_be_right(container: str, spec: str) -> None:
    text = workload(container=container) + service(spec)
    assert not resources("network/target_port_contradicted", text)
    assert not resources("network/target_port_undeclared", text)


def test_one_pod_with_the_named_port_is_enough() -> None:
    old = workload("old", "app: web, v: a", ", ports: [{name: old, containerPort: 80}]")
    new = workload("new", "app: web, v: b", ", ports: [{name: http, containerPort: 80}]")
    asked = service("{selector: {app: web}, ports: [{port: 80, targetPort: http}]}")
    assert not resources("network/target_port_name_undeclared", old + new + asked)
    assert resources("network/target_port_name_undeclared", old + asked) == ["/Service/web"]


def test_one_port_in_two_containers() -> None:
    # no other tool compares the containers of a pod
    two = ', ports: [{containerPort: 8080}]}, {name: side, image: "shop/side:1", ports: [{containerPort: 8080'
    assert resources("network/container_port_taken_twice", workload(container=f"{two}}}]")) == ["/Deployment/web"]
    assert not resources("network/container_port_taken_twice", workload(container=f"{two}, protocol: UDP}}]"))


# -- isolation: checkov's CKV2_K8S_6 passes a pod because of a policy of another namespace; polaris wants rules, and one label is enough

DENY = "{podSelector: %s, policyTypes: [Ingress, Egress]}"


def test_a_policy_of_another_namespace_isolates_nothing() -> None:
    nothing = "{matchExpressions: [{key: app, operator: In, values: [gone]}]}"
    text = workload(namespace="b") + policy(DENY % nothing, namespace="a")
    assert resources("network/pod_without_policies", text) == ["b/Deployment/web"]
    assert resources("network/pod_not_isolated", text + policy(DENY % "{matchLabels: {app: other}}", "x", "b")) == ["b/Deployment/web"]


def test_default_deny_without_rules_isolates() -> None:
    assert not resources("network/pod_not_isolated", workload() + policy(DENY % "{}"))
    assert not resources("network/pod_isolated_one_way", workload() + policy(DENY % "{}"))


def test_every_label_of_a_selector_counts() -> None:
    text = workload(labels="app: web, tier: front") + policy(DENY % "{matchLabels: {app: web, tier: back}}")
    assert resources("network/pod_not_isolated", text) == ["/Deployment/web"]


def test_match_expressions_of_policies_are_read() -> None:
    # kubescape's C-0260 ignores them
    text = workload() + policy(DENY % "{matchExpressions: [{key: app, operator: NotIn, values: [db]}]}")
    assert not resources("network/pod_not_isolated", text)
    assert not resources("network/policy_selects_nothing", text)


def test_policies_of_cilium_count_and_those_of_others_leave_it_open() -> None:
    cilium = "---\napiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: c}\n"
    chosen = cilium + "spec: {endpointSelector: {matchLabels: {k8s:app: web}}, ingress: [{}], egress: [{}]}\n"
    assert not resources("network/pod_not_isolated", workload() + chosen)
    other = cilium + "spec: {endpointSelector: {matchLabels: {app: db}}, ingress: [{}]}\n"
    assert resources("network/pod_not_isolated", workload() + other) == ["/Deployment/web"]
    calico = "---\napiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: {name: c}\nspec: {selector: app == 'db'}\n"
    assert not resources("network/pod_not_isolated", workload() + calico)
    assert unsure("network/pod_not_isolated", workload() + calico) == ["/Deployment/web"]


# -- DNS: no other tool looks

DB = "{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: 5432}]}"
OPENSHIFT = (
    "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: openshift-dns}}}], "
    "ports: [{port: 5353, protocol: UDP}, {port: 5353, protocol: TCP}]}"
)
BOTH = "ports: [{port: 53, protocol: UDP}, {port: 53, protocol: TCP}]"


def egress(*rules: str, name: str = "out") -> str:
    return policy(f"{{podSelector: {{}}, policyTypes: [Egress], egress: [{', '.join(rules)}]}}", name)


@pytest.mark.parametrize(
    ("rules", "udp", "tcp"),
    [
        ((DB,), True, False),
        ((DB, f"{{{BOTH}}}"), False, False),
        ((DB, "{ports: [{port: 53, protocol: UDP}]}"), False, True),
        ((DB, "{ports: [{port: 53}]}"), True, False),  # TCP alone, the default
        ((DB, "{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: kube-system}}}]}"), False, False),
        ((DB, "{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], " + BOTH + "}"), False, False),
        ((DB, "{to: [{podSelector: {matchLabels: {k8s-app: kube-dns}}}], " + BOTH + "}"), True, False),  # pods of its own namespace
        ((DB, "{to: [{ipBlock: {cidr: 169.254.20.10/32}}], " + BOTH + "}"), False, False),  # NodeLocal
        (
            (
                DB,
                OPENSHIFT,
            ),
            False,
            False,
        ),
        ((DB, "{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}]}"), False, False),
        ((), False, False),  # shut off on purpose
        (("{}",), False, False),
    ],
)
def test_dns_of_pods_with_egress_policies(rules: tuple[str, ...], *, udp: bool, tcp: bool) -> None:
    namespace = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: kube-system}\n"
    text = workload(namespace="shop") + namespace + egress(*rules).replace("name: out", "name: out, namespace: shop")
    assert bool(resources("network/egress_without_dns", text)) is udp
    assert bool(resources("network/egress_without_dns_over_tcp", text)) is tcp


def test_dns_may_be_allowed_by_another_policy_and_not_be_needed() -> None:
    assert not resources("network/egress_without_dns", workload() + egress(DB) + egress(f"{{{BOTH}}}", name="dns"))
    assert not resources("network/egress_without_dns", workload(spec=", dnsPolicy: Default") + egress(DB))
    assert not resources("network/egress_without_dns", workload(spec=", hostNetwork: true") + egress(DB))


def test_addresses_may_be_those_of_dns() -> None:
    text = workload() + egress(DB, "{to: [{ipBlock: {cidr: 10.96.0.0/12}}], " + BOTH + "}")
    assert not resources("network/egress_without_dns", text)
    assert unsure("network/egress_without_dns", text) == ["/NetworkPolicy/out"]


@pytest.mark.parametrize(
    ("spec", "found"),
    [
        (", hostNetwork: true", True),
        (", hostNetwork: true, dnsPolicy: ClusterFirst", True),
        (", hostNetwork: true, dnsPolicy: ClusterFirstWithHostNet", False),
        (", hostNetwork: true, dnsPolicy: Default", False),
        ("", False),
    ],
)
def test_dns_of_pods_on_the_network_of_the_node(spec: str, *, found: bool) -> None:
    calls_it = workload(container=', env: [{name: DB, value: "postgres://db.shop.svc/x"}]', spec=spec)
    assert bool(resources("network/host_network_without_cluster_dns", calls_it)) is found
    assert not resources("network/dns_policy_not_as_written", calls_it)
    assert not resources("network/host_network_without_cluster_dns", workload(spec=spec))
    assert bool(resources("network/dns_policy_not_as_written", workload(spec=spec))) is found


# -- calls that manifests declare: no other tool joins them with policies

CART = workload("cart", "app: cart") + service("{selector: {app: cart}, ports: [{port: 80, targetPort: 8080}]}", "cart")


def calls(value: str, name: str = "CART_URL") -> str:
    return workload("web", "app: web", f', env: [{{name: {name}, value: "{value}"}}]')


ADMITS_DB = policy("{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: db}}}]}]}")


@pytest.mark.parametrize(
    ("value", "name", "found"),
    [
        ("http://cart/v1", "CART_URL", True),
        ("http://cart.shop.svc.cluster.local:80", "ANY", True),
        ("http://cart.shop.svc:8080", "ANY", False),  # no port of the Service
        ("cart:80", "ANY", True),
        ("cart", "CART_HOST", True),
        ("cart", "COLOUR", False),  # a word, not a host
        ("http://cartoons", "CART_URL", False),
        ("http://cart.example.org", "CART_URL", False),
    ],
)
def test_a_declared_call_that_a_policy_stops(value: str, name: str, *, found: bool) -> None:
    assert bool(resources("network/dependency_blocked", CART + calls(value, name) + ADMITS_DB)) is found


def test_the_port_that_counts_is_that_of_the_pods() -> None:
    admits = "{podSelector: {matchLabels: {app: cart}}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: %s}]}]}"
    assert not resources("network/dependency_blocked", CART + calls("http://cart") + policy(admits % 8080))
    (message,) = messages("network/dependency_blocked", CART + calls("http://cart") + policy(admits % 80))
    assert message == "the policy does not let in Deployment web, which calls the Service cart (port 8080/TCP of its pods)"


def test_policies_add_up_before_a_call_is_stopped() -> None:
    admits = policy("{podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}", "more")
    assert not resources("network/dependency_blocked", CART + calls("http://cart") + ADMITS_DB + admits)


def test_backends_that_nobody_may_reach() -> None:
    text = CART + ingress(f"{{defaultBackend: {to('number: 80', 'cart')}}}")
    assert resources("network/dependency_blocked", text + policy("{podSelector: {}, policyTypes: [Ingress]}")) == ["/NetworkPolicy/guard"]
    assert not resources("network/dependency_blocked", text + ADMITS_DB)  # the controller may be whoever is admitted


def test_metrics_that_nobody_may_read() -> None:
    monitor = "---\napiVersion: monitoring.coreos.com/v1\nkind: ServiceMonitor\nmetadata: {name: cart}\n"
    monitor += "spec: {selector: {matchLabels: {team: shop}}, endpoints: [{port: metrics}]}\n"
    cart = workload("cart", "app: cart") + service("{selector: {app: cart}, ports: [{name: metrics, port: 9090}]}").replace(
        "name: web", "name: cart, labels: {team: shop}"
    )
    assert resources("network/dependency_blocked", cart + monitor + policy("{podSelector: {}}")) == ["/NetworkPolicy/guard"]
    assert not resources("network/dependency_blocked", cart + monitor + policy("{podSelector: {}, ingress: [{ports: [{port: 9090}]}]}"))


# -- exposure


def test_external_addresses_and_load_balancers() -> None:
    assert resources("network/external_ips_set", service("{externalIPs: [192.0.2.1]}")) == ["/Service/web"]
    inside = service("{type: LoadBalancer}").replace(
        "name: web", 'name: web, annotations: {networking.gke.io/load-balancer-type: "Internal"}'
    )
    assert not resources("network/load_balancer_unrestricted", inside)
    open_ = service("{type: LoadBalancer, loadBalancerSourceRanges: [0.0.0.0/0]}")
    assert resources("network/load_balancer_unrestricted", open_) == ["/Service/web"]


def test_a_finding_stands_at_the_line_that_is_wrong() -> None:
    # kube-score says line 1, kube-linter no line at all
    text = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports:\n    - port: 80\n      nodePort: 80\n"
    (finding,) = results("network/node_port_out_of_range", text).findings
    assert (finding.span.line, finding.attribute) == (7, "spec.ports[0].nodePort")


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("postgres://db-old.shop.svc.cluster.local:5432/x", True),
        ("db-old.shop.svc:5432", True),
        ("http://cartt/v1", True),  # nearly the name of one that is here
        ("http://legacy/v1", False),  # may be anything
        ("http://cart", False),
        ("db-old.other.svc", False),  # other namespaces are deployed from elsewhere
        ("kubernetes.default.svc", False),
        ("$(DB_HOST).shop.svc", False),
    ],
)
def test_a_called_service_that_is_not_there(value: str, *, found: bool) -> None:
    cart = service("{selector: {app: cart}, ports: [{port: 80}]}", "cart", "shop")
    web = workload("web", "app: web", f', env: [{{name: A, value: "{value}"}}]', namespace="shop")
    assert bool(resources("network/called_service_missing", web + cart)) is found
