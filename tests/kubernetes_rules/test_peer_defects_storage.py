"""Storage: what other tools get wrong."""

from __future__ import annotations

import pytest

from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.links import links
from auditor.loaders import Settings
from auditor.model.graph import Graph
from tests.kubernetes_made import load
from tests.kubernetes_rules.ran import resources

NAMES = [path.stem for path in (rulebook.builtin_root() / "kubernetes" / "storage").glob("*.py")]


def storage_class(more: str = "", provisioner: str = "kubernetes.io/no-provisioner") -> str:
    return f"apiVersion: storage.k8s.io/v1\nkind: StorageClass\nmetadata: {{name: s}}\nprovisioner: {provisioner}\n{more}"


@pytest.mark.parametrize("name", NAMES)
def test_volumes_that_are_made_by_hand_are_no_fault(name: str) -> None:
    # k8sgpt calls kubernetes.io/no-provisioner deprecated
    assert not resources(f"storage/{name}", storage_class("volumeBindingMode: WaitForFirstConsumer\n"))


@pytest.mark.parametrize("name", NAMES)
def test_small_claims_are_no_fault(name: str) -> None:
    # k8sgpt takes less than 1Gi for a failure
    spec = "{accessModes: [ReadWriteOnce], resources: {requests: {storage: 100Mi}}}"
    assert not resources(f"storage/{name}", f"apiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {{name: c}}\nspec: {spec}\n")


def test_a_claim_without_a_class_uses_the_default_of_the_cluster() -> None:
    claim = "---\napiVersion: v1\nkind: PersistentVolumeClaim\nmetadata: {name: c}\nspec: {accessModes: [ReadWriteMany]%s}\n"
    disks = storage_class(provisioner="ebs.csi.aws.com")
    assert not resources("storage/access_mode_unsupported", disks + claim % "")
    assert not resources("storage/access_mode_unsupported", disks + claim % ', storageClassName: ""')
    assert resources("storage/access_mode_unsupported", disks + claim % ", storageClassName: s") == ["/PersistentVolumeClaim/c"]


@pytest.mark.parametrize(("version", "gone"), [("1.25", False), ("1.26", True), ("1.31", True)])
def test_plugins_are_gone_from_their_version_on(version: str, *, gone: bool) -> None:
    volume = "apiVersion: v1\nkind: PersistentVolume\nmetadata: {name: v}\nspec: {glusterfs: {path: a, endpoints: b}}\n"
    loading = load({"all.yaml": volume}, Settings(kubernetes_version=version))
    root = rulebook.builtin_root()
    rule = rulebook.load_file(root, root / "kubernetes/storage/volume_plugin_removed.py")
    assert bool(run([rule], Graph(loading.resources, links())).findings) is gone


def test_disks_of_other_providers_are_encrypted_anyway() -> None:
    for provisioner in ("pd.csi.storage.gke.io", "disk.csi.azure.com", "efs.csi.aws.com"):
        assert not resources("storage/volume_unencrypted", storage_class(provisioner=provisioner))
    assert resources("storage/volume_unencrypted", storage_class('parameters: {encrypted: "false"}\n', "ebs.csi.aws.com"))
