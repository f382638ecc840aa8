"""Write `auditor/views/kubernetes/api_schema.txt` from the schemas that the PyPI package `kubernetes-validate` carries.

    pip download --no-deps kubernetes-validate
    python scripts/update_kubernetes_schema.py kubernetes_validate-*.whl

The package (Apache License 2.0) holds the JSON schemas of Kubernetes' own OpenAPI document, one set for each minor version. What
the table keeps of them, without any description: which fields a type has, in which versions, their types, which must be given.

After the comments, one line for each type, its number being its place among them: its fields, separated by tabs, each as
`name type versions`. An exclamation mark before the type says that the field must be given. Types: s text, i whole number,
n number, b truth value, q quantity, x number or text, a anything; L and M before a type for lists and maps; digits for
another type by its number; after `s=` the only words that are allowed. Versions are minor versions, `28-31`, left out when
they are all of the table's. A name stands twice when its type changed. Then, after a line of its own with `kinds`, a line
for each `apiVersion kind type versions`.
"""

from __future__ import annotations

import json
import re
import sys
import zipfile
from collections import defaultdict
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parent.parent / "auditor" / "views" / "kubernetes" / "api_schema.txt"
SET = re.compile(r"kubernetes_validate/kubernetes-json-schema/v1\.(\d+)\.\d+-local-strict/_definitions\.json")
REFERENCE = "#/$defs/"
SPECIAL = {
    "io.k8s.apimachinery.pkg.api.resource.Quantity": "q",
    "io.k8s.apimachinery.pkg.util.intstr.IntOrString": "x",
    "io.k8s.apimachinery.pkg.runtime.RawExtension": "a",
    "io.k8s.apimachinery.pkg.apis.meta.v1.FieldsV1": "a",
    "io.k8s.apimachinery.pkg.apis.meta.v1.Time": "s",
    "io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime": "s",
}
SCALARS = {"string": "s", "integer": "i", "number": "n", "boolean": "b"}
UNENFORCED = {
    ("EndpointSlice", "endpoints"),
    ("HTTPHeader", "value"),
    ("LimitRangeSpec", "limits"),
    ("NetworkPolicySpec", "podSelector"),
    ("PodFailurePolicyOnPodConditionsPattern", "status"),
    ("PodFailurePolicyRule", "onPodConditions"),
    ("PriorityClass", "value"),
    ("StatefulSetSpec", "serviceName"),
    ("Sysctl", "value"),
}
"""(type, field) that the schemas require and the API server does not: it takes the zero value of the type."""
POLICIES = "Fail Ignore"
PROTOCOLS = "TCP UDP SCTP"
ENUMS = {
    ("ContainerPort", "protocol"): PROTOCOLS,
    ("Container", "imagePullPolicy"): "Always IfNotPresent Never",
    ("Container", "terminationMessagePolicy"): "File FallbackToLogsOnError",
    ("CronJobSpec", "concurrencyPolicy"): "Allow Forbid Replace",
    ("DaemonSetUpdateStrategy", "type"): "RollingUpdate OnDelete",
    ("DeploymentStrategy", "type"): "Recreate RollingUpdate",
    ("EphemeralContainer", "imagePullPolicy"): "Always IfNotPresent Never",
    ("HTTPGetAction", "scheme"): "HTTP HTTPS",
    ("HTTPIngressPath", "pathType"): "Exact Prefix ImplementationSpecific",
    ("HPAScalingRules", "selectPolicy"): "Max Min Disabled",
    ("JobSpec", "completionMode"): "NonIndexed Indexed",
    ("LabelSelectorRequirement", "operator"): "In NotIn Exists DoesNotExist",
    ("LimitRangeItem", "type"): "Pod Container PersistentVolumeClaim",
    ("MutatingWebhook", "failurePolicy"): POLICIES,
    ("MutatingWebhook", "matchPolicy"): "Exact Equivalent",
    ("MutatingWebhook", "sideEffects"): "None NoneOnDryRun",
    ("NetworkPolicyPort", "protocol"): PROTOCOLS,
    ("NodeSelectorRequirement", "operator"): "In NotIn Exists DoesNotExist Gt Lt",
    ("PersistentVolumeSpec", "persistentVolumeReclaimPolicy"): "Retain Delete Recycle",
    ("PersistentVolumeSpec", "volumeMode"): "Block Filesystem",
    ("PersistentVolumeClaimSpec", "volumeMode"): "Block Filesystem",
    ("PodDisruptionBudgetSpec", "unhealthyPodEvictionPolicy"): "IfHealthyBudget AlwaysAllow",
    ("PodSecurityContext", "fsGroupChangePolicy"): "OnRootMismatch Always",
    ("PodSpec", "dnsPolicy"): "ClusterFirstWithHostNet ClusterFirst Default None",
    ("PodSpec", "preemptionPolicy"): "PreemptLowerPriority Never",
    ("PodSpec", "restartPolicy"): "Always OnFailure Never",
    ("PriorityClass", "preemptionPolicy"): "PreemptLowerPriority Never",
    ("SeccompProfile", "type"): "Unconfined RuntimeDefault Localhost",
    ("AppArmorProfile", "type"): "Unconfined RuntimeDefault Localhost",
    ("SecurityContext", "procMount"): "Default Unmasked",
    ("ServicePort", "protocol"): PROTOCOLS,
    ("ServiceSpec", "externalTrafficPolicy"): "Cluster Local",
    ("ServiceSpec", "internalTrafficPolicy"): "Cluster Local",
    ("ServiceSpec", "ipFamilyPolicy"): "SingleStack PreferDualStack RequireDualStack",
    ("ServiceSpec", "sessionAffinity"): "ClientIP None",
    ("ServiceSpec", "type"): "ClusterIP NodePort LoadBalancer ExternalName",
    ("StatefulSetSpec", "podManagementPolicy"): "OrderedReady Parallel",
    ("StatefulSetUpdateStrategy", "type"): "RollingUpdate OnDelete",
    ("StorageClass", "reclaimPolicy"): "Retain Delete Recycle",
    ("StorageClass", "volumeBindingMode"): "Immediate WaitForFirstConsumer",
    ("Toleration", "effect"): "NoSchedule PreferNoSchedule NoExecute",
    ("ValidatingWebhook", "failurePolicy"): POLICIES,
    ("ValidatingWebhook", "matchPolicy"): "Exact Equivalent",
    ("ValidatingWebhook", "sideEffects"): "None NoneOnDryRun",
}
"""(type, field) -> the words that its Go type allows; the schemas do not say."""


def main(wheel: str) -> None:
    """Write the table."""
    with zipfile.ZipFile(wheel) as archive:
        sets = {int(found[1]): archive.read(name) for name in archive.namelist() if (found := SET.fullmatch(name))}
    versions = sorted(sets)
    definitions = {version: json.loads(sets[version])["$defs"] for version in versions}
    names = sorted({name for it in definitions.values() for name, body in it.items() if name not in SPECIAL and is_table(body)})
    numbers = {name: number for number, name in enumerate(names)}
    lines = [line(name, definitions, numbers, versions) for name in names]
    package = Path(wheel).name.split("-py3")[0]
    head = [
        f"# The fields of Kubernetes' types in the versions 1.{versions[0]} to 1.{versions[-1]}, from {package} (Apache License 2.0,",
        "# https://pypi.org/project/kubernetes-validate), whose schemas come from the OpenAPI document of Kubernetes (Apache License 2.0).",
        "# Form and origin: scripts/update_kubernetes_schema.py.",
        f"versions {versions[0]}-{versions[-1]}",
    ]
    TARGET.write_text("\n".join([*head, *lines, "kinds", *kinds(definitions, numbers, versions)]) + "\n", "utf-8")


def is_table(body: dict[str, Any]) -> bool:
    """Whether a definition is a table with fields of its own."""
    return "properties" in body and not body.get("x-kubernetes-preserve-unknown-fields")


def line(name: str, definitions: dict[int, Any], numbers: dict[str, int], versions: list[int]) -> str:
    """The fields of a type, over all versions."""
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for version in versions:
        body = definitions[version].get(name)
        if body is None or not is_table(body):
            continue
        required = set(body.get("required", ()))
        for field, schema in body["properties"].items():
            must = field in required and (name.rpartition(".")[2], field) not in UNENFORCED
            words = ENUMS.get((name.rpartition(".")[2], field), "").replace(" ", "|")
            found[field, ("!" if must else "") + (f"s={words}" if words else type_of(schema, numbers))].append(version)
    return "\t".join(f"{field} {kind}{span(at, versions)}" for (field, kind), at in sorted(found.items()))


def type_of(schema: dict[str, Any], numbers: dict[str, int]) -> str:
    """The letters of a type."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(REFERENCE)
        return SPECIAL.get(name) or str(numbers.get(name, "a"))
    given = schema.get("type")
    kind = next((it for it in given if it != "null"), None) if isinstance(given, list) else given
    if kind == "array":
        return "L" + type_of(schema.get("items") or {}, numbers)
    if kind == "object":
        inner = schema.get("additionalProperties")
        return "M" + type_of(inner, numbers) if isinstance(inner, dict) and inner else "a"
    return SCALARS.get(str(kind), "a")


def span(at: list[int], versions: list[int]) -> str:
    """The versions in which something holds, as the table has them."""
    if at == versions:
        return ""
    runs: list[list[int]] = []
    for version in at:
        if runs and runs[-1][1] == version - 1:
            runs[-1][1] = version
        else:
            runs.append([version, version])
    return " " + ",".join(f"{first}-{last}" for first, last in runs)


def kinds(definitions: dict[int, Any], numbers: dict[str, int], versions: list[int]) -> list[str]:
    """A line for each version of an API and kind."""
    found: dict[tuple[str, str, int], list[int]] = defaultdict(list)
    for version in versions:
        for name, body in definitions[version].items():
            kinds = body.get("x-kubernetes-group-version-kind", ())
            for it in kinds if name in numbers and len(kinds) == 1 else ():
                found["/".join(filter(None, (it["group"], it["version"]))), it["kind"], numbers[name]].append(version)
    return [f"{api} {kind} {number}{span(at, versions)}" for (api, kind, number), at in sorted(found.items())]


if __name__ == "__main__":
    main(sys.argv[1])
