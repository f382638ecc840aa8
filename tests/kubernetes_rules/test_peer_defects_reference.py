"""References: what other tools get wrong, what we say, and what we must not say."""

from __future__ import annotations

import pytest

from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import Settings
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units
from auditor.model.graph import Graph, Relation
from tests.kubernetes_made import graph_of, pod_text
from tests.kubernetes_rules.ran import messages, resources, results, unsure


def thing(kind: str, name: str, body: str = "", version: str = "v1", metadata: str = "") -> str:
    return f"---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: {name}{metadata}}}\n{body}\n"


def reader(container: str, spec: str = "", metadata: str = "") -> str:
    return pod_text(f"{{containers: [{{name: a, {container}}}]{spec}}}", metadata)


SETTINGS = thing("ConfigMap", "settings", "data: {LOG_LEVEL: info}")
LOGIN = thing("Secret", "login", "data: {user: YWRtaW4=}\nstringData: {password: from-vault}")


# -- kube-linter's env-value-from reads `env` alone, without namespaces; k8sgpt none of it


@pytest.mark.parametrize(
    "spec",
    [
        "{containers: [{name: a, env: [{name: X, valueFrom: {configMapKeyRef: {name: gone, key: k}}}]}]}",
        "{containers: [{name: a, envFrom: [{configMapRef: {name: gone}}]}]}",
        "{initContainers: [{name: a, envFrom: [{configMapRef: {name: gone}}]}], containers: [{name: b}]}",
        "{ephemeralContainers: [{name: a, envFrom: [{configMapRef: {name: gone}}]}], containers: [{name: b}]}",
        "{containers: [{name: a}], volumes: [{name: v, configMap: {name: gone}}]}",
        "{containers: [{name: a}], volumes: [{name: v, projected: {sources: [{configMap: {name: gone}}]}}]}",
    ],
)
def test_every_way_to_read_a_config_map(spec: str) -> None:
    assert resources("reference/config_map_missing", pod_text(spec) + SETTINGS) == ["/Pod/p"]


@pytest.mark.parametrize(
    "spec",
    [
        "{containers: [{name: a, envFrom: [{secretRef: {name: gone}}]}]}",
        "{containers: [{name: a}], volumes: [{name: v, secret: {secretName: gone}}]}",
        "{containers: [{name: a}], volumes: [{name: v, csi: {driver: d, nodePublishSecretRef: {name: gone}}}]}",
    ],
)
def test_every_way_to_read_a_secret(spec: str) -> None:
    assert resources("reference/secret_missing", pod_text(spec) + LOGIN) == ["/Pod/p"]


def test_namespaces_are_compared() -> None:
    text = reader("envFrom: [{configMapRef: {name: settings}}]", metadata=", namespace: a")
    assert not resources("reference/config_map_missing", text + SETTINGS)
    other = thing("ConfigMap", "settings", metadata=", namespace: b")
    (message,) = messages("reference/config_map_missing", text + other)
    assert message == ("the pods read the ConfigMap settings, which is not among these manifests: the one of that name is in namespace b")


def test_what_may_be_elsewhere_is_unknown() -> None:
    text = reader("envFrom: [{configMapRef: {name: settings}}]")
    assert not resources("reference/config_map_missing", text)
    assert unsure("reference/config_map_missing", text) == ["/Pod/p"]
    assert resources("reference/config_map_missing", text, closed=True) == ["/Pod/p"]


def test_optional_and_built_in_ones_may_be_missing() -> None:
    text = reader("envFrom: [{configMapRef: {name: gone, optional: true}}]", ", volumes: [{name: v, configMap: {name: kube-root-ca.crt}}]")
    assert not resources("reference/config_map_missing", text + SETTINGS, closed=True)


@pytest.mark.parametrize(
    "maker",
    [
        thing("ExternalSecret", "x", "spec: {target: {name: keys}}", "external-secrets.io/v1"),
        thing("ExternalSecret", "keys", "spec: {}", "external-secrets.io/v1"),
        thing("SealedSecret", "keys", "", "bitnami.com/v1alpha1"),
        thing("Certificate", "c", "spec: {secretName: keys}", "cert-manager.io/v1"),
        thing("SecretProviderClass", "s", "spec: {secretObjects: [{secretName: keys}]}", "secrets-store.csi.x-k8s.io/v1"),
        thing("Job", "hook", "spec: {template: {spec: {containers: [{name: a, args: [--secret-name, keys]}]}}}", "batch/v1"),
    ],
)
def test_what_others_make_is_there(maker: str) -> None:
    text = reader("envFrom: [{secretRef: {name: keys}}]")
    assert not resources("reference/secret_missing", text + LOGIN + maker, closed=True)
    assert resources("reference/secret_missing", text + LOGIN, closed=True) == ["/Pod/p"]
    assert not resources("reference/secret_key_missing", text + maker)


def test_generated_names_of_kustomize_and_kustomizations_that_are_not_built() -> None:
    files = {
        "kustomization.yaml": "resources: [pod.yaml]\nconfigMapGenerator: [{name: settings, literals: [a=b]}]\nhelmCharts: [{name: x}]\n",
        "pod.yaml": reader("envFrom: [{configMapRef: {name: settings}}]") + thing("ConfigMap", "other"),
    }
    loadings = [unit.load() for unit in units(Files.of(files), Settings())]
    root = rulebook.builtin_root()
    rule = rulebook.load_file(root, root / "kubernetes/reference/config_map_missing.py")
    assert not any(run([rule], Graph(it.resources, links(), it.gaps)).findings for it in loadings)


def test_credentials_for_registries_are_rarely_written() -> None:
    text = reader("image: x", ", imagePullSecrets: [{name: regcred}]")
    assert not resources("reference/pull_secret_missing", text + LOGIN)
    other = thing("Secret", "registry", "type: kubernetes.io/dockerconfigjson")
    assert resources("reference/pull_secret_missing", text + other) == ["/Pod/p"]
    assert resources("reference/pull_secret_missing", text + LOGIN, closed=True) == ["/Pod/p"]


# -- keys


def test_a_missing_key_names_the_one_that_is_meant() -> None:
    text = reader("env: [{name: X, valueFrom: {configMapKeyRef: {name: settings, key: LOGLEVEL}}}]")
    assert messages("reference/config_map_key_missing", text + SETTINGS) == [
        "the ConfigMap settings has no key LOGLEVEL; is LOG_LEVEL meant?"
    ]
    assert not resources("reference/config_map_key_missing", text.replace("LOGLEVEL}", "LOGLEVEL, optional: true}") + SETTINGS)


@pytest.mark.parametrize(("key", "found"), [("user", False), ("password", False), ("pasword", True), ("token", True)])
def test_both_tables_of_a_secret_hold_keys(key: str, *, found: bool) -> None:
    text = reader(f"env: [{{name: X, valueFrom: {{secretKeyRef: {{name: login, key: {key}}}}}}}]") + LOGIN
    assert bool(resources("reference/secret_key_missing", text)) is found


def test_files_and_items_of_volumes_are_keys() -> None:
    mounts = "volumeMounts: [{name: v, mountPath: /a, subPath: log-level}, {name: v, mountPath: /b, subPath: LOG_LEVEL}]"
    text = reader(mounts, ", volumes: [{name: v, configMap: {name: settings}}]")
    (finding,) = results("reference/config_map_key_missing", text + SETTINGS).findings
    assert finding.attribute == "spec.containers[0].volumeMounts[0].subPath"
    items = reader("image: x", ", volumes: [{name: v, configMap: {name: settings, items: [{key: gone, path: f}]}}]")
    assert resources("reference/config_map_key_missing", items + SETTINGS) == ["/Pod/p"]


def test_nothing_of_a_secret_is_shown() -> None:
    text = thing("Secret", "s", "data: {a: not base64 hunter2, b: aHVudGVyMgo=}\nstringData: {a: hunter2, pin: 4711}")
    for rule in ("secret_not_base64", "secret_ends_with_line_end", "key_written_twice", "value_not_text"):
        findings = results(f"reference/{rule}", text).findings
        assert findings
        assert not any(word in f"{it.message} {it.actual} {it.expected}" for it in findings for word in ("hunter2", "4711", "aHVudGVyMgo"))


# -- accounts, claims, classes


def test_the_default_account_is_always_there() -> None:
    text = thing("ServiceAccount", "other")
    assert not resources("reference/service_account_missing", reader("image: x") + text, closed=True)
    assert not resources("reference/service_account_missing", reader("image: x", ", serviceAccountName: default") + text, closed=True)
    assert resources("reference/service_account_missing", reader("image: x", ", serviceAccountName: ci") + text) == ["/Pod/p"]


def test_claims_of_a_stateful_set_are_made_by_it() -> None:
    name = ", volumes: [{name: v, persistentVolumeClaim: {claimName: data-db-0}}]"
    sets = thing(
        "StatefulSet", "db", "spec: {template: {spec: {containers: []}}, volumeClaimTemplates: [{metadata: {name: data}}]}", "apps/v1"
    )
    other = thing("PersistentVolumeClaim", "other")
    assert not resources("reference/claim_missing", reader("image: x", name) + other + sets)
    assert resources("reference/claim_missing", reader("image: x", name) + other) == ["/Pod/p"]


def test_classes_of_the_cluster_need_more_than_an_absence() -> None:
    claim = thing("PersistentVolumeClaim", "c", "spec: {storageClassName: %s}")
    fast = thing("StorageClass", "fast-ssd", "", "storage.k8s.io/v1")
    assert not resources("reference/storage_class_missing", claim % "gp3" + fast)
    assert resources("reference/storage_class_missing", claim % "fastssd" + fast) == ["/PersistentVolumeClaim/c"]
    assert resources("reference/storage_class_missing", claim % "gp3" + fast, closed=True) == ["/PersistentVolumeClaim/c"]
    assert not resources("reference/storage_class_missing", claim % '""' + fast, closed=True)


# -- texts that YAML types: schema tools report a type, and not what is read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.30", "the number 1.3"),
        ("yes", "the truth value true"),
        ("y", "the truth value true"),
        ("off", "the truth value false"),
        ("0644", "the number 420"),
        ("0o644", "the number 420"),
        ("1e3", "the number 1000"),
        ("1_000", "the number 1000"),
        ('"1.30"', ""),
        ("'yes'", ""),
        ("v1.30", ""),
        ("10.0.0.1", ""),
        ("null", ""),
    ],
)
def test_how_an_unquoted_value_is_read(written: str, read: str) -> None:
    found = messages("reference/value_not_text", thing("ConfigMap", "c", f"data: {{key: {written}}}"))
    assert found == ([f"the value key has to be a text, and {written} is read as {read}"] if read else [])


def test_where_texts_are_due() -> None:
    assert messages("reference/value_not_text", thing("ConfigMap", "n")) == [
        "metadata.name has to be a text, and n is read as the truth value false"
    ]
    text = reader("args: [1], env: [{name: A, value: true}]", ", nodeSelector: {fast: yes}", ", labels: {a: 1}, annotations: {b: 2}")
    assert len(messages("reference/value_not_text", text)) == 5
    assert len(messages("reference/value_not_text", thing("Service", "s", "spec: {selector: {v: 1.10}, ports: [{port: 80}]}"))) == 1


# -- what nobody reads: popeye, kor and others report what custom resources, labels and sidecars read


@pytest.mark.parametrize(
    "more",
    [
        reader("args: [--config-map=shop/settings]"),
        thing("Grafana", "g", "spec: {config: {configMapName: settings}}", "grafana.integreatly.org/v1beta1"),
        thing("ServiceAccount", "s", "imagePullSecrets: [{name: settings}]"),
        thing("ConfigMap", "script", "data: {run.sh: kubectl get cm settings}"),
        "---\nkind: [\n",
    ],
)
def test_what_is_mentioned_anywhere_is_not_unused(more: str) -> None:
    text = thing("ConfigMap", "settings") + reader("image: x").replace("name: p", "name: q") + "---\n" + more
    assert "/ConfigMap/settings" not in resources("reference/config_unused", text)


def test_what_labels_may_call_is_not_unused() -> None:
    pods = reader("image: x")
    assert resources("reference/config_unused", f"{thing('ConfigMap', 'settings')}---\n{pods}") == ["/ConfigMap/settings"]
    board = thing("ConfigMap", "board", metadata=', labels: {grafana_dashboard: "1"}')
    assert not resources("reference/config_unused", f"{board}---\n{pods}")
    assert not resources("reference/config_unused", thing("ConfigMap", "settings"))  # no workloads: they are elsewhere


# -- custom resources


def test_references_of_custom_resources() -> None:
    issuer = thing("Issuer", "letsencrypt", "spec: {}", "cert-manager.io/v1")
    certificate = thing("Certificate", "c", "spec: {secretName: s, issuerRef: {name: letsencript}}", "cert-manager.io/v1")
    assert resources("reference/custom_resource_reference_missing", issuer + certificate) == ["/Certificate/c"]
    cluster = certificate.replace("letsencript", "letsencrypt, kind: ClusterIssuer")
    assert not resources("reference/custom_resource_reference_missing", issuer + cluster)  # of another kind, and maybe of the cluster
    assert unsure("reference/custom_resource_reference_missing", issuer + cluster) == ["/Certificate/c"]


def test_unknown_custom_resources_give_edges_and_no_findings() -> None:
    custom = thing(
        "Backup", "nightly", "spec: {from: {secretName: login}, storeRef: {kind: Store, name: s3}, secretRef: {name: gone}}", "x.org/v1"
    )
    text = custom + LOGIN + thing("Store", "s3", "spec: {}", "x.org/v1")
    assert not resources("reference/custom_resource_reference_missing", text, closed=True)
    graph = graph_of(text)
    found = {(e.source.kind, e.target.kind, e.because.path) for e in graph.edges if e.relation is Relation.REFERS}
    assert found == {("Backup", "Secret", "spec.from.secretName"), ("Backup", "Store", "spec.storeRef.name")}
