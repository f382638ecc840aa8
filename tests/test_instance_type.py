"""The table of instance types."""

from __future__ import annotations

import re

import pytest

from auditor.views.instance_type import InstanceType, database_class, instance_type, origin


def known(name: str) -> InstanceType:
    found = instance_type(name)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("name", "pods"),
    [
        ("t3.nano", 4),
        ("t3.medium", 17),
        ("m6i.large", 29),
        ("r7i.xlarge", 58),
        ("c5.4xlarge", 234),
        ("m5.24xlarge", 737),
        ("p5.48xlarge", 100),
    ],
)
def test_pods_as_the_eks_guide_lists_them(name: str, pods: int) -> None:
    assert known(name).pods == pods


def test_one_type_in_full() -> None:
    assert known("m6i.large") == InstanceType(
        name="m6i.large",
        memory_mib=8192,
        vcpus=2,
        interfaces=3,
        ipv4_per_interface=10,
        architectures=("x86_64",),
        burstable=False,
        nitro=True,
        baseline_iops=3600,
        maximum_iops=40000,
        baseline_mb_s=81.25,
        maximum_mb_s=1250.0,
    )
    assert known("m6i.large").memory == 8 * 1024**3


def test_what_sets_types_apart() -> None:
    assert known("t4g.small").burstable
    assert known("t4g.small").architectures == ("arm64",)
    assert not known("m4.large").nitro
    assert known("t2.micro").baseline_iops is None


@pytest.mark.parametrize("name", ["m99.large", "M6I.large", "", "db.m6i.large", "m6i"])
def test_an_unknown_type_is_unknown(name: str) -> None:
    assert instance_type(name) is None


@pytest.mark.parametrize(
    ("name", "gib"),
    [
        ("db.r6g.large", 16),
        ("db.t4g.micro", 1),
        ("db.x2g.16xlarge", 1024),
        ("db.serverless", None),
        ("r6g.large", None),
        ("cache.r6g.large", None),
    ],
)
def test_classes_of_databases(name: str, gib: int | None) -> None:
    found = database_class(name)
    assert (found.memory / 1024**3 if found else None) == gib


def test_the_data_says_where_it_comes_from() -> None:
    assert re.fullmatch(r"DescribeInstanceTypes of EC2, as carried by moto [\d.]+ \(Apache-2.0\), \d{4}-\d\d-\d\d", origin())
