"""A volume uses a plugin that only a driver serves now.

## Why it matters
The plugin was taken out of Kubernetes; calls for its volumes are passed on to the CSI driver of the provider. Without that driver in the
cluster the volume is not mounted, and new features (snapshots, encryption settings, volume types) exist for the driver only.

## Five whys
1. Why does the pod not start in the new cluster? Its disk is not attached.
2. Why not? The driver to which Kubernetes passes such volumes is not installed.
3. Why was it not? The manifest does not name it; the old cluster had the plugin built in.

## Fix now
Install the driver (on EKS: `aws eks create-addon --cluster-name NAME --addon-name aws-ebs-csi-driver`); the old volumes then work as they
are.

## Workaround
None without the driver.

## Prevent
Classes with the driver's name as `provisioner`, and volumes with `csi:`.

## Validate
`kubectl get csidrivers` lists the driver, and `kubectl get pv -o custom-columns=N:.metadata.name,D:.spec.csi.driver` names it.

## Bad
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: kubernetes.io/aws-ebs # finding
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  volumes:
    - name: data
      gcePersistentDisk: {pdName: data} # finding
```

## Good
```yaml
apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata: {name: fast}
provisioner: ebs.csi.aws.com
---
apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  containers: [{name: web, image: "shop/web:1.4.2"}]
  volumes: [{name: data, persistentVolumeClaim: {claimName: data}}]
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Resource, Severity, rule
from auditor.views.kubernetes.provisioner import MIGRATED
from auditor.views.kubernetes.volume import sources_of
from auditor.views.kubernetes.workload import KINDS


@rule(
    target=f"{KINDS} PersistentVolume StorageClass",
    severity=Severity.LOW,
    confidence=Confidence.FIRM,
    symptoms=["driver name .* not found in the list of registered CSI drivers"],
)
def check(place: Node, resource: Resource) -> Iterator[Fail]:
    for where, source in sources_of(resource):
        driver = MIGRATED.get(source)
        if driver is not None and where.present:
            yield Fail(where, f"only the driver {driver} serves {source} now", expected=driver, actual=source)
