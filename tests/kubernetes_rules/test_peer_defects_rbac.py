"""RBAC: what other tools get wrong, what we say, and what we must not say."""

from __future__ import annotations

import pytest

from tests.kubernetes_rules.ran import messages, resources, unsure

RBAC = "rbac.authorization.k8s.io"


def binding(
    subjects: str, role: str = "cluster-admin", kind: str = "ClusterRoleBinding", role_kind: str = "ClusterRole", more: str = ""
) -> str:
    return (
        f"---\napiVersion: {RBAC}/v1\nkind: {kind}\nmetadata: {{name: b{more}}}\n"
        f"roleRef: {{apiGroup: {RBAC}, kind: {role_kind}, name: {role}}}\nsubjects: {subjects}\n"
    )


def role(rules: str, kind: str = "ClusterRole", name: str = "r", more: str = "") -> str:
    return f"---\napiVersion: {RBAC}/v1\nkind: {kind}\nmetadata: {{name: {name}{more}}}\nrules: {rules}\n"


def account(name: str, namespace: str, more: str = "") -> str:
    return f"---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: {name}, namespace: {namespace}}}\n{more}"


def workload(namespace: str, spec: str) -> str:
    return (
        f"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: web, namespace: {namespace}}}\nspec:\n"
        "  selector: {matchLabels: {app: web}}\n  template:\n    metadata: {labels: {app: web}}\n"
        f'    spec: {{containers: [{{name: main, image: "shop/web:1.4.2"}}], {spec}}}\n'
    )


@pytest.mark.parametrize("kind", ["RoleBinding", "ClusterRoleBinding"])
@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("anonymous_bound", "system:anonymous"),
        ("anonymous_bound", "system:unauthenticated"),
        ("authenticated_bound", "system:authenticated"),
    ],
)
def test_subjects_of_everybody_are_seen_in_both_kinds_of_bindings(kind: str, rule: str, name: str) -> None:
    text = binding(f'[{{kind: Group, name: "{name}", apiGroup: {RBAC}}}]', role="edit", kind=kind)
    assert len(resources(f"rbac/{rule}", text)) == 1


def test_masters_are_seen_in_cluster_wide_bindings() -> None:
    assert resources("rbac/masters_bound", binding(f'[{{kind: Group, name: "system:masters", apiGroup: {RBAC}}}]', role="view"))


def test_default_bindings_of_every_cluster_are_no_findings() -> None:
    public = binding(f'[{{kind: Group, name: "system:unauthenticated", apiGroup: {RBAC}}}]', role='"system:public-info-viewer"')
    assert not resources("rbac/anonymous_bound", public)
    own = binding(f'[{{kind: Group, name: "system:masters", apiGroup: {RBAC}}}]').replace("name: b", "name: cluster-admin", 1)
    assert not resources("rbac/cluster_admin_bound", own)
    assert not resources("rbac/masters_bound", own)


def test_a_role_under_another_name_is_administrator_too() -> None:
    wide = role('[{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]')
    assert resources("rbac/cluster_admin_bound", wide + binding("[{kind: User, name: jane}]", role="r")) == ["/ClusterRoleBinding/b"]
    narrow = role('[{apiGroups: [shop.example], resources: ["*"], verbs: ["*"]}]')
    assert not resources("rbac/cluster_admin_bound", narrow + binding("[{kind: User, name: jane}]", role="r"))


def test_subresources_count_with_their_own_verbs() -> None:
    assert resources("rbac/exec_allowed", role('[{apiGroups: [""], resources: ["pods/exec"], verbs: [create]}]'))
    assert resources("rbac/exec_allowed", role('[{apiGroups: [""], resources: ["*/exec"], verbs: [get]}]'))
    assert not resources("rbac/exec_allowed", role('[{apiGroups: [""], resources: ["pods/*"], verbs: [get]}]'))
    assert not resources("rbac/exec_allowed", role('[{apiGroups: [""], resources: ["pods/exec"], verbs: [list]}]'))
    assert not resources("rbac/exec_allowed", role('[{apiGroups: [""], resources: [pods], verbs: [create]}]'))


def test_one_wildcard_is_one_finding() -> None:
    text = role('[{apiGroups: ["*"], resources: ["*"], verbs: ["*"]}]')
    assert resources("rbac/everything_granted", text)
    for other in (
        "every_resource_granted",
        "every_verb_granted",
        "every_group_granted",
        "core_group_granted",
        "secrets_readable",
        "exec_allowed",
    ):
        assert not resources(f"rbac/{other}", text), other


def test_names_limit_a_right() -> None:
    assert not resources("rbac/secrets_readable", role('[{apiGroups: [""], resources: [secrets], resourceNames: [a], verbs: [get]}]'))
    assert resources("rbac/secrets_readable", role('[{apiGroups: [""], resources: [secrets], verbs: [get]}]'))


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        ('[{apiGroups: [""], resources: [deployments], verbs: [get]}]', "it is in apps"),
        ("[{apiGroups: [apps], resources: [deployment], verbs: [get]}]", "deployments is there"),
        ('[{apiGroups: [""], resources: ["pod/log"], verbs: [get]}]', "pods/log is there"),
        ('[{apiGroups: [""], resources: ["pods/logs"], verbs: [get]}]', "pods/log is there"),
        ('[{apiGroups: [""], resources: ["pods/*"], verbs: [get]}]', "RBAC has no wildcard for subresources"),
        ("[{apiGroups: [networking.k8s.io], resources: [ingress], verbs: [get]}]", "ingresses is there"),
    ],
)
def test_rules_that_grant_nothing_are_told(rules: str, words: str) -> None:
    (message,) = messages("rbac/grant_of_nothing", role(rules))
    assert words in message


@pytest.mark.parametrize(
    "rules",
    [
        "[{apiGroups: [shop.example], resources: [cart], verbs: [get]}]",
        '[{apiGroups: ["*"], resources: [whatever], verbs: [get]}]',
        '[{apiGroups: ["", apps], resources: [pods, deployments], verbs: [get]}]',
        '[{apiGroups: [""], resources: [users, groups], verbs: [impersonate]}]',
        '[{apiGroups: [apps], resources: ["*/scale", "deployments/status"], verbs: [get]}]',
        '[{nonResourceURLs: ["/metrics"], verbs: [get]}]',
        "[{apiGroups: [policy], resources: [podsecuritypolicies], verbs: [use]}]",
    ],
)
def test_what_may_exist_elsewhere_is_no_finding(rules: str) -> None:
    assert not messages("rbac/grant_of_nothing", role(rules))


def test_a_role_grants_nothing_on_what_has_no_namespace() -> None:
    text = role('[{apiGroups: [""], resources: [nodes, namespaces, pods], verbs: [get]}]', kind="Role")
    assert messages("rbac/cluster_resource_in_role", text) == ["nodes have no namespace: a Role grants nothing on them"]
    assert not messages("rbac/cluster_resource_in_role", text.replace("kind: Role", "kind: ClusterRole"))


def path(kind: str = "ClusterRoleBinding", bound: str = "ops", verbs: str = "[get, list]", more: str = "", token: str = "") -> str:
    where = "" if kind == "ClusterRoleBinding" else ", namespace: ops"
    return (
        account("edge", "ops")
        + role(f'[{{apiGroups: [""], resources: [secrets], verbs: {verbs}}}]')
        + binding(f"[{{kind: ServiceAccount, name: edge, namespace: {bound}}}]", role="r", kind=kind, more=where)
        + workload("ops", f"serviceAccountName: edge{token}")
        + more
    )


def test_ways_from_a_pod_to_the_cluster_name_each_step() -> None:
    (message,) = messages("rbac/workload_takes_over_cluster", path())
    assert "edge -> b -> r, which may read Secrets" in message


def test_ways_that_lead_nowhere_are_no_findings() -> None:
    rule = "rbac/workload_takes_over_cluster"
    assert not messages(rule, path(kind="RoleBinding"))
    assert not messages(rule, path(bound="other"))
    assert not messages(rule, path(verbs="[delete]"))
    assert not messages(rule, path(token=", automountServiceAccountToken: false"))


def test_pods_that_are_reached_from_outside_are_named_so() -> None:
    service = (
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: ops}\nspec: {type: LoadBalancer, selector: {app: web}}\n"
    )
    (message,) = messages("rbac/workload_takes_over_cluster", path(more=service))
    assert "ops/Service/web opens the pods to the outside" in message


def test_an_unknown_role_is_no_missing_one() -> None:
    text = binding("[{kind: User, name: jane}]", role="from-elsewhere")
    assert not resources("rbac/role_missing", text)
    assert unsure("rbac/role_missing", text)
    siblings = role("[]", kind="Role", name="there", more=", namespace: ops")
    missing = binding("[{kind: User, name: jane}]", role="gone", kind="RoleBinding", role_kind="Role", more=", namespace: ops")
    assert resources("rbac/role_missing", siblings + missing) == ["ops/RoleBinding/b"]
    other = missing.replace("namespace: ops", "namespace: other")
    assert not resources("rbac/role_missing", siblings + other)


def test_aggregation_hands_rights_to_everybody_with_a_built_in_role() -> None:
    label = ', labels: {rbac.authorization.k8s.io/aggregate-to-%s: "true"}'
    secrets = '[{apiGroups: [""], resources: [secrets], verbs: [get]}]'
    assert resources("rbac/aggregated_role_dangerous", role(secrets, more=label % "view"))
    assert not resources("rbac/aggregated_role_dangerous", role(secrets, more=label % "edit"))
    own = '[{apiGroups: [shop.example], resources: [carts], verbs: ["*"]}]'
    assert not resources("rbac/aggregated_role_dangerous", role(own, more=label % "view"))
