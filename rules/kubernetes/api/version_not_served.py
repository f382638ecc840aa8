"""The API version of the object is not served by the cluster.

## Why it matters
The API server answers `no matches for kind "Ingress" in version "extensions/v1beta1"`, and whoever applies the object fails:
the pipeline, Argo CD, `helm upgrade` (Helm also when the old version only stands in the stored release). Objects that are in
the cluster already live on under the new version, so that nobody notices until the next deployment, often the one that should
have fixed an incident. A version that is newer than the cluster fails in the same way.

## Five whys
1. Why did the deployment fail the day after the upgrade? The API server does not know the apiVersion of the manifest.
2. Why not? The version was deprecated for years and removed with this release.
3. Why was it still written? The manifest worked, and `kubectl get -o yaml` shows the object in the new version, whatever the
   file says.
4. Why did nobody warn? The API server sends a warning header that pipelines throw away.

## Fix now
Write the version that the finding names, and what changed with it: `networking.k8s.io/v1` Ingress wants `service.name`,
`service.port` and `pathType`, `policy/v1` selects all pods with an empty selector, `autoscaling/v2` has another `metrics`
shape, `batch/v1` CronJob is the same. `kubectl convert -f FILE --output-version GROUP/VERSION` (the plugin) does most of it.
Helm releases that hold it: `helm mapkubeapis RELEASE`.

## Workaround
There is none in the cluster: a removed version cannot be switched on again. Deploy from the last rendered manifests with the
version changed by hand.

## Prevent
Name the version of the cluster (`kubernetes.version` in auditor.yaml, or `--kubernetes-version`), and scan with the next one
before each upgrade. In the cluster, the metric `apiserver_requested_deprecated_apis` names who still asks.

## Validate
`kubectl apply --dry-run=server -f FILE` succeeds against a cluster of the target version.

## Bad
```yaml
apiVersion: extensions/v1beta1 # finding
kind: Ingress
metadata: {name: shop}
spec:
  backend: {serviceName: shop, servicePort: 80}
---
apiVersion: batch/v1beta1 # finding
kind: CronJob
metadata: {name: report}
spec:
  schedule: "0 4 * * *"
  jobTemplate:
    spec:
      template:
        spec:
          restartPolicy: OnFailure
          containers: [{name: report, image: shop/report:2}]
```

## Good
```yaml
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  defaultBackend: {service: {name: shop, port: {number: 80}}}
---
# the same kind and version in the group of somebody else is another API
apiVersion: gloo.example.com/v1beta1
kind: Ingress
metadata: {name: shop}
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Facet, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.lifecycle import target_version
from auditor.views.kubernetes.served import kinds, served, version_in_words


@rule(
    target=kinds(),
    severity=Severity.HIGH,
    confidence=Confidence.FIRM,
    facets=[Facet.WRITTEN, Facet.PLANNED],
    aliases="KSV-0107 AVD-KSV-0107 kube-linter:no-extensions-v1beta",
    symptoms=(r'no matches for kind "\w+" in version', r"could not find the requested resource"),
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    life, target = served(resource), target_version(resource)
    judged = version_in_words(target)
    if life is not None and life.removed is not None and life.removed <= target:
        yield Fail(
            body.at("apiVersion"),
            f"{resource.kind} of this version is gone since Kubernetes {version_in_words(life.removed)} (judged for {judged})",
            expected=life.replacement or "another kind: there is no successor",
        )
    elif life is not None and life.introduced is not None and life.introduced > target:
        since = version_in_words(life.introduced)
        yield Fail(
            body.at("apiVersion"),
            f"{resource.kind} of this version came with Kubernetes {since}, and {judged} does not serve it",
            expected=f"Kubernetes {since}, or an older version of the API",
        )
