"""What provisioners of storage can do, and which plugins for volumes Kubernetes has dropped."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from auditor.views.kubernetes.lifecycle import Version

EBS: Final = frozenset({"ebs.csi.aws.com", "kubernetes.io/aws-ebs"})

ZONAL: Final = EBS | {
    *("pd.csi.storage.gke.io", "kubernetes.io/gce-pd", "disk.csi.azure.com", "kubernetes.io/azure-disk"),
    *("cinder.csi.openstack.org", "kubernetes.io/cinder"),
}
"""Provisioners of disks that one zone has, for one node at a time."""

LOCAL: Final = frozenset({"kubernetes.io/no-provisioner", "rancher.io/local-path", "openebs.io/local", "topolvm.io"})
"""Provisioners of volumes that lie on one node."""

REMOVED: Final[Mapping[str, Version]] = {
    "scaleIO": (1, 22),
    "flocker": (1, 25),
    "quobyte": (1, 25),
    "storageos": (1, 25),
    "glusterfs": (1, 26),
    "cephfs": (1, 31),
    "rbd": (1, 31),
}
"""Source of a volume -> the version without its plugin."""

MIGRATED: Final[Mapping[str, str]] = {
    "awsElasticBlockStore": "ebs.csi.aws.com",
    "azureDisk": "disk.csi.azure.com",
    "azureFile": "file.csi.azure.com",
    "cinder": "cinder.csi.openstack.org",
    "gcePersistentDisk": "pd.csi.storage.gke.io",
    "vsphereVolume": "csi.vsphere.vmware.com",
    "portworxVolume": "pxd.portworx.com",
}
"""Source of a volume -> the driver that serves it now."""

OLD_PROVISIONERS: Final[Mapping[str, str]] = {
    **{f"kubernetes.io/{name}": source for name, source in (("glusterfs", "glusterfs"), ("rbd", "rbd"), ("quobyte", "quobyte"))},
    **{f"kubernetes.io/{name}": source for name, source in (("scaleio", "scaleIO"), ("storageos", "storageos"))},
    "kubernetes.io/aws-ebs": "awsElasticBlockStore",
    "kubernetes.io/azure-disk": "azureDisk",
    "kubernetes.io/azure-file": "azureFile",
    "kubernetes.io/cinder": "cinder",
    "kubernetes.io/gce-pd": "gcePersistentDisk",
    "kubernetes.io/vsphere-volume": "vsphereVolume",
    "kubernetes.io/portworx-volume": "portworxVolume",
}
"""Provisioner of a StorageClass -> the source of the volumes that it makes."""
