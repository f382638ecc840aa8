"""Kubernetes objects in Terraform's code: their words, types and places, who they refer to, plans, and charts that releases install."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from auditor.drift import detect
from auditor.links import links
from auditor.loaders import Loading, Release, Rendering, Settings, terraform, terraform_plan
from auditor.loaders.files import Files
from auditor.loaders.kubernetes import units as kubernetes_units
from auditor.loaders.kubernetes.terraform.vocabulary import spelled
from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.model.running import Running
from auditor.views.kubernetes.lookup import look_up


def load(texts: Mapping[str, str], **more: Any) -> Loading:
    (unit,) = terraform.units(Files.of(texts), Settings(**more))
    return unit.load()


def find(loading: Loading, address: str) -> Resource:
    return next(it for it in loading.resources if it.address.text == address)


DEPLOYMENT = """
variable "image" {
  default = "shop/web:1"
}
resource "kubernetes_deployment" "web" {
  metadata {
    name   = "web"
    labels = { "app.kubernetes.io/name" = "web" }
  }
  spec {
    replicas = "2"
    selector {
      match_labels = { app = "web" }
    }
    template {
      metadata {
        labels = { app = "web", build = 7 }
      }
      spec {
        host_pid           = false
        image_pull_secrets { name = "registry" }
        toleration { key = "spot" }
        affinity {
          node_affinity {
            required_during_scheduling_ignored_during_execution {
              node_selector_term {
                match_expressions {
                  key      = "zone"
                  operator = "Exists"
                }
              }
            }
          }
        }
        init_container {
          name  = "wait"
          image = "busybox:1"
        }
        container {
          name    = "web"
          image   = var.image
          args    = ["--port", 8080]
          env {
            name  = "WORKERS"
            value = 4
          }
          env {
            name = "PASSWORD"
            value_from {
              secret_key_ref {
                name = "db"
                key  = "password"
              }
            }
          }
          port { container_port = 8080 }
          liveness_probe {
            http_get {
              path = "/"
              port = "8080"
              http_header {
                name  = "X"
                value = 1
              }
            }
          }
          resources {
            limits = { cpu = 1, memory = "512Mi" }
          }
          security_context {
            privileged  = true
            run_as_user = ""
            capabilities { add = ["NET_ADMIN"] }
          }
          volume_mount {
            name       = "config"
            mount_path = "/etc/web"
          }
        }
        volume {
          name = "config"
          secret {
            secret_name  = "db"
            default_mode = "0400"
          }
        }
      }
    }
  }
  timeouts {}
}
"""
POD = {
    "hostPID": False,
    "imagePullSecrets": [{"name": "registry"}],
    "tolerations": [{"key": "spot"}],
    "affinity": {
        "nodeAffinity": {
            "requiredDuringSchedulingIgnoredDuringExecution": {
                "nodeSelectorTerms": [{"matchExpressions": [{"key": "zone", "operator": "Exists"}]}]
            }
        }
    },
    "initContainers": [{"name": "wait", "image": "busybox:1"}],
    "containers": [
        {
            "name": "web",
            "image": "shop/web:1",
            "args": ["--port", "8080"],
            "env": [
                {"name": "WORKERS", "value": "4"},
                {"name": "PASSWORD", "valueFrom": {"secretKeyRef": {"name": "db", "key": "password"}}},
            ],
            "ports": [{"containerPort": 8080}],
            "livenessProbe": {"httpGet": {"path": "/", "port": 8080, "httpHeaders": [{"name": "X", "value": "1"}]}},
            "resources": {"limits": {"cpu": "1", "memory": "512Mi"}},
            "securityContext": {"privileged": True, "capabilities": {"add": ["NET_ADMIN"]}},
            "volumeMounts": [{"name": "config", "mountPath": "/etc/web"}],
        }
    ],
    "volumes": [{"name": "config", "secret": {"secretName": "db", "defaultMode": 0o400}}],
}


def test_blocks_become_the_object() -> None:
    it = find(load({"main.tf": DEPLOYMENT}), "kubernetes_deployment.web")
    assert it.kind == "Deployment"
    assert it.body.plain() == {
        "apiVersion": "apps/v1",
        "kind": "Deployment",
        "metadata": {"name": "web", "labels": {"app.kubernetes.io/name": "web"}, "namespace": "default"},
        "spec": {
            "replicas": 2,
            "selector": {"matchLabels": {"app": "web"}},
            "template": {"metadata": {"labels": {"app": "web", "build": "7"}}, "spec": POD},
        },
    }


def test_values_stand_where_the_code_writes_them_and_remember_why() -> None:
    it = find(load({"main.tf": DEPLOYMENT}), "kubernetes_deployment.web")
    lines = DEPLOYMENT.split("\n")
    container = "spec.template.spec.containers[0]"
    assert 'mount_path = "/etc/web"' in lines[it.at(f"{container}.volumeMounts[0].mountPath").span.line - 1]
    assert "privileged  = true" in lines[it.at(f"{container}.securityContext.privileged").span.line - 1]
    assert it.history
    assert [step.kind for step in it.history(f"{container}.image")] == ["attribute", "default"]
    assert [step.text for step in it.history('metadata.labels["app.kubernetes.io/name"]')][:1] != []
    assert it.history("metadata.namespace") == ()


OTHERS = """
resource "kubernetes_service_v1" "web" {
  metadata { name = "web" }
  spec {
    selector = { app = "web" }
    port {
      port        = 80
      target_port = "8080"
    }
  }
}
resource "kubernetes_ingress_v1" "web" {
  metadata { name = "web" }
  spec {
    rule {
      host = "shop.example"
      http {
        path {
          path = "/"
          backend {
            service {
              name = "web"
              port { number = 80 }
            }
          }
        }
      }
    }
    tls { hosts = ["shop.example"] }
  }
}
resource "kubernetes_network_policy" "web" {
  metadata { name = "web" }
  spec {
    pod_selector {}
    policy_types = ["Ingress"]
    ingress {
      from {
        namespace_selector { match_labels = { team = "shop" } }
      }
      ports { port = "80" }
    }
  }
}
resource "kubernetes_cluster_role" "all" {
  metadata { name = "all" }
  rule {
    api_groups = [""]
    resources  = ["*"]
    verbs      = ["*"]
  }
}
resource "kubernetes_cluster_role_binding" "all" {
  metadata { name = "all" }
  role_ref {
    api_group = "rbac.authorization.k8s.io"
    kind      = "ClusterRole"
    name      = kubernetes_cluster_role.all.metadata[0].name
  }
  subject {
    kind = "ServiceAccount"
    name = "default"
  }
}
resource "kubernetes_secret" "db" {
  metadata { name = "db" }
  data        = { password = "x" }
  binary_data = { key = "AA==" }
}
resource "kubernetes_persistent_volume" "disk" {
  metadata { name = "disk" }
  spec {
    capacity = { storage = "1Gi" }
    persistent_volume_source {
      host_path { path = "/data" }
    }
  }
}
resource "kubernetes_horizontal_pod_autoscaler" "web" {
  metadata { name = "web" }
  spec {
    max_replicas = 4
    metric {
      type = "Resource"
      resource {
        name = "cpu"
        target {
          type                = "Utilization"
          average_utilization = 50
        }
      }
    }
  }
}
resource "kubernetes_cron_job" "old" {
  metadata { name = "old" }
}
resource "kubernetes_storage_class" "fast" {
  metadata { name = "fast" }
  storage_provisioner = "ebs.csi.aws.com"
}
resource "kubernetes_daemonset" "log" {
  metadata { name = "log" }
  spec {
    strategy { type = "OnDelete" }
  }
}
"""
EXPECTED: dict[str, tuple[str, Any]] = {
    "kubernetes_service_v1.web": ("spec.ports", [{"port": 80, "targetPort": 8080}]),
    "kubernetes_ingress_v1.web": (
        "spec.rules",
        [{"host": "shop.example", "http": {"paths": [{"path": "/", "backend": {"service": {"name": "web", "port": {"number": 80}}}}]}}],
    ),
    "kubernetes_network_policy.web": (
        "spec",
        {
            "podSelector": {},
            "policyTypes": ["Ingress"],
            "ingress": [{"from": [{"namespaceSelector": {"matchLabels": {"team": "shop"}}}], "ports": [{"port": 80}]}],
        },
    ),
    "kubernetes_cluster_role.all": ("rules", [{"apiGroups": [""], "resources": ["*"], "verbs": ["*"]}]),
    "kubernetes_cluster_role_binding.all": ("subjects", [{"kind": "ServiceAccount", "name": "default"}]),
    "kubernetes_secret.db": ("stringData", {"password": "x"}),
    "kubernetes_persistent_volume.disk": ("spec", {"capacity": {"storage": "1Gi"}, "hostPath": {"path": "/data"}}),
    "kubernetes_horizontal_pod_autoscaler.web": ("apiVersion", "autoscaling/v2"),
    "kubernetes_cron_job.old": ("apiVersion", "batch/v1beta1"),
    "kubernetes_storage_class.fast": ("provisioner", "ebs.csi.aws.com"),
    "kubernetes_daemonset.log": ("spec.updateStrategy.type", "OnDelete"),
}


@pytest.mark.parametrize("address", EXPECTED)
def test_other_kinds(address: str) -> None:
    path, wanted = EXPECTED[address]
    assert find(load({"main.tf": OTHERS}), address).at(path).plain() == wanted


def test_objects_of_a_root_module_refer_to_each_other() -> None:
    loading = load({"main.tf": DEPLOYMENT + OTHERS})
    edges = {(e.source.address.text, e.relation.value, e.target.address.text) for e in Graph(loading.resources, links()).edges}
    assert ("kubernetes_service_v1.web", "selects", "kubernetes_deployment.web") in edges
    assert ("kubernetes_ingress_v1.web", "routes", "kubernetes_service_v1.web") in edges
    assert ("kubernetes_deployment.web", "refers", "kubernetes_secret.db") in edges
    assert ("kubernetes_cluster_role_binding.all", "refers", "kubernetes_cluster_role.all") in edges


def test_what_is_not_known_stays_unknown() -> None:
    text = """
    variable "tag" {}
    variable "mounts" {}
    resource "kubernetes_pod" "x" {
      metadata { name = "x" }
      spec {
        container {
          name  = "x"
          image = "shop/x:${var.tag}"
          dynamic "volume_mount" {
            for_each = var.mounts
            content { mount_path = volume_mount.value }
          }
        }
      }
    }
    """
    container = find(load({"main.tf": text}), "kubernetes_pod.x").at("spec.containers[0]")
    assert container.at("image").unknown
    assert [item.unknown for item in container.each("volumeMounts")] == [True]


MANIFESTS = """
resource "kubernetes_manifest" "a" {
  manifest = {
    apiVersion = "v1"
    kind       = "ConfigMap"
    metadata   = { name = "a" }
    data       = { key = "x" }
  }
}
resource "kubectl_manifest" "b" {
  yaml_body = <<-YAML
    apiVersion: v1
    kind: Pod
    metadata: {name: b}
    spec:
      containers:
        - name: b
  YAML
}
variable "more" {}
resource "kubectl_manifest" "c" {
  yaml_body = var.more
}
"""


def test_manifests_in_code() -> None:
    loading = load({"main.tf": MANIFESTS})
    assert find(loading, "kubernetes_manifest.a").at("data.key").span.line == 7
    pod = find(loading, "kubectl_manifest.b")
    name = pod.at("spec.containers[0].name")
    assert (pod.kind, name.data, name.span.line, name.span.column) == ("Pod", "b", 17, 17)
    assert find(loading, "kubectl_manifest.c").kind == "kubectl_manifest"
    assert pod.meta.at("bundle.open").data == "what kubectl_manifest.c makes is not known"
    assert [(it.code, it.span.line, it.gap) for it in loading.diagnostics if it.code.startswith("kube")] == [("kubernetes-object-unknown", 21, True)]


def test_the_only_cluster_says_the_version() -> None:
    cluster = 'resource "aws_eks_cluster" "main" {\n  version = "1.29"\n}\n'
    pod = 'resource "kubernetes_pod" "x" {\n  metadata { name = "x" }\n}\n'
    assert find(load({"main.tf": cluster + pod}), "kubernetes_pod.x").meta.at("bundle.version").data == "1.29"
    given = load({"main.tf": cluster + pod}, kubernetes_version="1.31", closed=True)
    bundle = find(given, "kubernetes_pod.x").meta.at("bundle")
    assert (bundle.at("version").data, bundle.at("closed").data) == ("1.31", True)


def test_a_plan_says_the_same() -> None:
    values = {
        "metadata": [{"name": "x", "namespace": "shop", "labels": None, "generate_name": ""}],
        "spec": [{"host_ipc": True, "dns_policy": "", "container": [{"name": "x", "resources": [], "port": []}]}],
    }
    entry = {"address": "kubernetes_pod.x", "mode": "managed", "type": "kubernetes_pod", "name": "x", "values": values}
    document = {"format_version": "1.2", "planned_values": {"root_module": {"resources": [entry]}}, "resource_changes": []}
    (unit,) = terraform_plan.units(Files.of({"plan.json": json.dumps(document, indent=1)}), Settings())
    (it,) = unit.load().resources
    assert it.body.plain() == {
        "apiVersion": "v1",
        "kind": "Pod",
        "metadata": {"name": "x", "namespace": "shop"},
        "spec": {"hostIPC": True, "containers": [{"name": "x"}]},
    }


# -- releases


RELEASE = """
variable "secret" {}
resource "helm_release" "web" {
  name      = "shop"
  namespace = "prod"
  chart     = "${path.module}/charts/web"
  values    = [<<-YAML
    image:
      name: nginx
  YAML
  ]
  set {
    name  = "image.tag"
    value = "latest"
  }
  set_sensitive {
    name  = "password"
    value = var.secret
  }
}
"""
REMOTE = """
resource "helm_release" "ingress" {
  name       = "ingress"
  repository = "https://charts.example"
  chart      = "ingress"
}
"""
POD_TEMPLATE = """\
apiVersion: v1
kind: Pod
metadata:
  name: {{ .Release.Name }}
spec:
  containers:
    - image: "{{ .Values.image.name }}:{{ .Values.image.tag }}"
      env:
        - value: "{{ .Values.password }}"
"""
CHART = {
    "charts/web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "charts/web/values.yaml": "image: {name: x, tag: x}\n",
    "charts/web/templates/pod.yaml": POD_TEMPLATE,
}


def rendered(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
    """A renderer that knows just this template."""
    merged: dict[str, Any] = {"image": {"name": "x", "tag": "x"}}
    for given in values:
        table = json.loads(given)
        merged = {**merged, **table, "image": {**merged["image"], **table.get("image", {})}}
    known = {"Release.Name": release.name, "Values.password": merged.get("password", "")}
    known |= {f"Values.image.{name}": text for name, text in merged["image"].items()}
    text = files["templates/pod.yaml"].decode()
    for name, value in known.items():
        text = text.replace("{{ ." + name + " }}", str(value))
    return Rendering({"web/templates/pod.yaml": text})


def test_a_release_installs_its_chart() -> None:
    loading = load({"main.tf": RELEASE, **CHART}, render_chart=rendered)
    it = find(loading, "prod/Pod/shop")
    container = it.at("spec.containers[0]")
    assert (container.at("image").data, container.at("image").span.file) == ("nginx:latest", "charts/web/templates/pod.yaml")
    assert container.at("env[0].value").unknown
    assert (it.root, it.doubt, [span.line for span in it.chain]) == (".", "", [3])
    assert it.history
    assert [(step.kind, step.span.file, step.span.line) for step in it.history("spec.containers[0].image")] == [
        ("expression", "charts/web/templates/pod.yaml", 7),
        ("values", "main.tf", 9),
        ("values", "main.tf", 14),
    ]


def test_secret_values_stay_out_of_histories() -> None:
    text = RELEASE.replace("value = var.secret", 'value = "hunter2hunter2"')
    it = find(load({"main.tf": text, **CHART}, render_chart=rendered), "prod/Pod/shop")
    assert it.at("spec.containers[0].env[0].value").data == "hunter2hunter2"
    assert it.history
    assert [(step.kind, step.text.endswith('"(sensitive)"'), step.value) for step in it.history("spec.containers[0].env[0].value")][1:] == [("values", True, "(sensitive)")]


def test_unknown_values_that_shape_a_chart_make_it_doubtful() -> None:
    def moody(files: Mapping[str, bytes], values: tuple[bytes, ...], release: Release) -> Rendering:
        found = rendered(files, values, release).texts["web/templates/pod.yaml"]
        return Rendering({"web/templates/pod.yaml": found if any(b"1234567" in it for it in values) else found + "extra: 1\n"})

    assert find(load({"main.tf": RELEASE, **CHART}, render_chart=moody), "prod/Pod/shop").doubt


def test_a_chart_that_a_release_installs_is_not_looked_at_twice() -> None:
    files = Files.of({"main.tf": RELEASE, **CHART})
    assert kubernetes_units(files, Settings(render_chart=rendered)) == []
    many = Files.of({"main.tf": RELEASE.replace("  set {", "  count = 0\n  set {"), **CHART})
    assert [unit.format for unit in kubernetes_units(many, Settings(render_chart=rendered))] == ["helm"]


def test_a_chart_from_elsewhere_is_a_gap() -> None:
    pod = 'resource "kubernetes_pod" "x" {\n  metadata { name = "x" }\n}\n'
    loading = load({"main.tf": REMOTE + pod}, render_chart=rendered)
    assert [(it.code, it.gap) for it in loading.diagnostics] == [("helm-release-not-rendered", True)]
    assert "ingress of https://charts.example" in str(find(loading, "kubernetes_pod.x").meta.at("bundle.open").data)
    assert loading.gaps == ()


def test_values_that_are_not_known_at_all_are_a_gap() -> None:
    text = 'variable "v" {}\nresource "helm_release" "web" {\n  name = "x"\n  chart = "./charts/web"\n  values = [var.v]\n}\n'
    (problem,) = load({"main.tf": text, **CHART}, render_chart=rendered).diagnostics
    assert (problem.code, problem.gap) == ("helm-release-not-rendered", True)


def test_code_and_manifests_know_of_each_other() -> None:
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: x}\nspec: {serviceAccountName: web, containers: [{name: x}]}\n"
    account = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: %s}\n"
    code = 'resource "kubernetes_service_account" "web" {\n  metadata {\n    name = "%s"\n  }\n}\n'
    tree = {"k/pod.yaml": pod, "k/account.yaml": account % "other", "tf/main.tf": code % "web"}
    (unit,) = kubernetes_units(Files.of(tree), Settings())
    graph = Graph(unit.load().resources)
    assert look_up(graph, graph.of("Pod")[0], "ServiceAccount", "web").outcome == "unknown"
    tree["tf/main.tf"] = code % "nobody" + 'resource "kubernetes_pod" "y" {\n  metadata {\n    name = "y"\n  }\n}\n'
    (unit,) = kubernetes_units(Files.of(tree), Settings())
    graph = Graph(unit.load().resources)
    assert look_up(graph, graph.of("Pod")[0], "ServiceAccount", "web").outcome == "missing"
    inside = Graph(load(tree).resources)
    assert look_up(inside, inside.of("Pod")[0], "ServiceAccount", "other").outcome == "unknown"


@pytest.mark.parametrize(
    ("kind", "parent", "name", "expected"),
    [
        ("Deployment", "spec", "min_ready_seconds", "minReadySeconds"),
        ("Service", "spec", "external_ips", "externalIPs"),
        ("Service", "session_affinity_config", "client_ip", "clientIP"),
        ("CronJob", "spec", "timezone", "timeZone"),
        ("APIService", "spec", "insecure_skip_tls_verify", "insecureSkipTLSVerify"),
        ("Pod", "rbd", "ceph_monitors", "monitors"),
        ("Pod", "ephemeral", "volume_claim_template", "volumeClaimTemplate"),
        ("Pod", "windows_options", "run_as_username", "runAsUserName"),
        ("EndpointSlice", "endpoint", "condition", "conditions"),
        ("Secret", "", "data", "stringData"),
        ("ConfigMap", "", "data", "data"),
    ],
)
def test_spelling(kind: str, parent: str, name: str, expected: str) -> None:
    assert spelled(kind, parent, name) == expected


def test_a_block_that_is_written_as_an_attribute_is_one_item() -> None:
    text = 'resource "kubernetes_pod" "x" {\n  spec {\n    container = { name = "x", port = { container_port = "80" } }\n  }\n}\n'
    it = find(load({"main.tf": text}), "kubernetes_pod.x")
    assert it.at("spec.containers").plain() == [{"name": "x", "ports": [{"containerPort": 80}]}]


def test_drift_counts_objects_of_terraform_as_not_compared() -> None:
    code = 'resource "kubernetes_config_map" "c" {\n  metadata {\n    name = "c"\n  }\n}\n'
    written = load({"main.tf": code}).resources
    recorded = tuple(replace(it, facet=Facet.RECORDED) for it in written if it.kubernetes)
    found = detect(written, (), recorded, Running(()), {})
    assert [(skip.path, skip.reason) for skip in found.unread] == [("ConfigMap", "no collector reads this type (1 in the state)")]
