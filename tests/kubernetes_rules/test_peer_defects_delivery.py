"""Delivery, custom resources and the control plane: what other tools get wrong."""

from __future__ import annotations

import pytest

from tests.kubernetes_rules.ran import messages, resources, results, unsure

MAP = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a%s}\n"


def test_a_key_that_stands_twice_is_found_where_it_stands_again() -> None:
    # nearly every tool reads the last one and says nothing
    (finding,) = results("delivery/key_written_twice", MAP % "" + "data:\n  a: '1'\n  b: '2'\n  a: '3'\n").findings
    assert (finding.span.line, finding.attribute) == (7, "data.a")


@pytest.mark.parametrize(
    ("key", "value", "found"),
    [
        ("password", "hunter2-really", True),
        ("config.yaml", "password: hunter2", True),
        ("url", "postgres://shop:hunter2@db/shop", True),
        ("url", "postgres://db/shop", False),
        ("username", "administrator", False),
        ("password", "changeme", False),
        ("password", "<your-password>", False),
        ("password", "${PASSWORD}", False),
        ("password", "$(vault read secret)", False),
        ("password", "{{ .Values.password }}", False),
        ("password", "", False),
        ("tls.crt", "-----BEGIN CERTIFICATE-----\\nMIIB", False),
    ],
)
def test_only_what_is_a_secret_is_called_one(key: str, value: str, *, found: bool) -> None:
    text = f'apiVersion: v1\nkind: Secret\nmetadata: {{name: a}}\nstringData: {{{key}: "{value}"}}\n'
    findings = results("delivery/secret_written_in_plain", text).findings
    assert bool(findings) is found
    assert all(value not in f"{finding.message} {finding.actual} {finding.evidence}" for finding in findings)


def test_what_a_cluster_recorded_is_no_manifest() -> None:
    recorded = ', uid: 1-2, resourceVersion: "5"'
    assert not resources("delivery/server_fields_committed", MAP % recorded)
    mixed = f"{MAP % recorded}---\n{MAP.replace('name: a', 'name: b') % ''}---\n{MAP.replace('name: a', 'name: c') % ''}"
    assert resources("delivery/server_fields_committed", mixed) == ["/ConfigMap/a"]


def test_kustomizations_of_flux_and_of_kustomize_are_told_apart() -> None:
    flux = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {name: a}\nspec: {path: ./a}\n"
    assert resources("delivery/kustomization_without_prune", flux) == ["/Kustomization/a"]
    assert not resources("delivery/kustomization_without_prune", flux.replace("kustomize.toolkit.fluxcd.io", "config.example.com"))


def test_other_kinds_called_application_are_not_argo_cds() -> None:
    other = "apiVersion: app.k8s.io/v1beta1\nkind: Application\nmetadata: {name: a}\nspec: {project: default}\n"
    for rule in ("application_in_default_project", "application_destination_ambiguous", "application_revision_moves"):
        assert not resources(f"delivery/{rule}", other)


CRD = """
apiVersion: apiextensions.k8s.io/v1
kind: CustomResourceDefinition
metadata: {name: shops.example.com}
spec:
  group: example.com
  names: {kind: Shop, plural: shops}
  versions: [{name: v1, served: true, storage: true, schema: {openAPIV3Schema: {type: object, properties: {spec: %s}}}}]
---
apiVersion: example.com/v1
kind: %s
metadata: {name: a}
spec: {size: "1"}
"""


def test_a_custom_resource_needs_its_definition_only_where_it_should_stand() -> None:
    shop = CRD % ("{type: object}", "Shop")
    assert not resources("custom_resource/definition_missing", shop)
    assert resources("custom_resource/definition_missing", shop.replace("kind: Shop\nmetadata", "kind: Store\nmetadata")) == ["/Store/a"]
    foreign = "apiVersion: cert-manager.io/v1\nkind: Certificate\nmetadata: {name: a}\n"
    assert not results("custom_resource/definition_missing", foreign).findings
    assert results("custom_resource/definition_missing", foreign, closed=True).findings


@pytest.mark.parametrize(
    ("schema", "said"),
    [
        ("{type: object, properties: {size: {type: integer}}}", ["size has to be a whole number"]),
        ("{type: object, properties: {size: {x-kubernetes-int-or-string: true}}}", []),
        ("{type: object, properties: {size: {type: string, enum: ['1', '2']}}}", []),
        ("{type: object, properties: {size: {type: string, enum: ['2']}}}", ["size does not take this value"]),
        (
            "{type: object, properties: {sizes: {type: integer}}}",
            ["the definition has no field size, and it is dropped; sizes may be meant"],
        ),
        ("{type: object, properties: {a: {type: string}}, x-kubernetes-preserve-unknown-fields: true}", []),
        ("{type: object, additionalProperties: {type: string}}", []),
        ("{type: object, required: [a], properties: {size: {}, a: {type: string, default: b}}}", []),
        ("{type: object, required: [a], properties: {size: {}, a: {type: string}}}", ["a is missing"]),
    ],
)
def test_a_custom_resource_is_judged_by_its_definition(schema: str, said: list[str]) -> None:
    assert messages("custom_resource/schema_violated", CRD % (schema, "Shop")) == said


def server(*words: str, where: str = "command", more: str = "") -> str:
    listed = "".join(f"\n        - {word}" for word in words)
    return f"apiVersion: v1\nkind: Pod\nmetadata: {{name: a}}\nspec:\n  containers:\n    - name: a\n      image: registry/kube-apiserver:v1.34.0{more}\n      {where}:{listed}\n"


@pytest.mark.parametrize(
    "text",
    [
        server("kube-apiserver", "--profiling=false"),
        server("kube-apiserver", "--profiling", "'false'"),
        server("/usr/local/bin/kube-apiserver", "--profiling=False"),
        server("kube-apiserver", "--profiling=true", "--profiling=false"),
        server("/bin/sh", "-c", '"exec kube-apiserver --v=2 --profiling=false 2>&1"'),
        server("kube-apiserver") + "      args: [--profiling=false]\n",
        server("--profiling=false", where="args"),
    ],
)
def test_flags_are_read_as_the_program_reads_them(text: str) -> None:
    # checkov looks for the very word among the words of `command`
    assert not messages("control_plane/api_server_profiling_enabled", text)
    assert messages("control_plane/api_server_profiling_enabled", text.replace("rofiling", "rofile").replace("alse", "also")) != []


@pytest.mark.parametrize(
    "command", [["kubectl", "get", "etcd"], ["etcdctl", "--auto-tls=true"], ["helm", "install", "etcd", "--auto-tls=true"]]
)
def test_a_word_that_is_no_program_starts_nothing(command: list[str]) -> None:
    assert not messages("control_plane/etcd_auto_tls_enabled", server(*command))


def test_what_a_file_may_set_is_not_known() -> None:
    text = server("kube-apiserver", "--authentication-config=/etc/a.yaml", "--authorization-config=/etc/b.yaml")
    for rule in ("anonymous_auth_enabled", "rbac_missing", "node_authorizer_missing"):
        assert not messages(f"control_plane/{rule}", text)
        assert unsure(f"control_plane/{rule}", text) == ["/Pod/a"]


def test_what_an_installer_sets_by_itself_is_set() -> None:
    cluster = "apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\nkubernetesVersion: v1.34.0\n"
    for rule in ("rbac_missing", "client_authority_missing", "etcd_client_authentication_off", "scheduler_exposed"):
        assert not messages(f"control_plane/{rule}", cluster)
    assert messages("control_plane/audit_log_missing", cluster)


def test_defaults_differ_between_flags_and_configuration_files() -> None:
    flags = server("kubelet", "--v=2").replace("kube-apiserver", "kubelet")
    file = "apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n"
    for rule in ("kubelet_anonymous_auth_enabled", "kubelet_read_only_port_open"):
        assert messages(f"control_plane/{rule}", flags)
        assert not messages(f"control_plane/{rule}", file)


def test_one_ca_for_clients_of_etcd_and_of_the_api_server_is_found() -> None:
    both = (
        server("kube-apiserver", "--client-ca-file=/pki/ca.crt")
        + "---\n"
        + server("etcd", "--trusted-ca-file=/pki/ca.crt").replace("name: a}", "name: b}")
    )
    assert resources("control_plane/etcd_authority_shared", both) == ["/Pod/b"]
    assert not resources(
        "control_plane/etcd_authority_shared", both.replace("--trusted-ca-file=/pki/ca.crt", "--trusted-ca-file=/pki/etcd/ca.crt")
    )
