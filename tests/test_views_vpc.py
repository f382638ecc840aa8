"""Which VPCs are the same, and whether one is among many."""

from __future__ import annotations

from itertools import product

import pytest

from auditor.model.address import Address
from auditor.model.node import Node
from auditor.model.resource import Facet, Resource
from auditor.model.span import NOWHERE
from auditor.model.value import Value
from auditor.views.network.vpc import Vpc, Vpcs, vpc

NOTHING = Node(Value({}), "")


def declared(name: str) -> Vpc:
    return vpc(Resource(address=Address("tf", f"aws_vpc.{name}"), kind="aws_vpc", facet=Facet.WRITTEN, body=NOTHING, span=NOWHERE))


ALL = (
    declared("a"),
    declared("b"),
    *(Vpc(key, None, NOTHING) for key in ("vpc-0123456789abcdef0", "vpc-0fedcba9876543210", "data.aws_vpc.main", "the default VPC", "")),
)


@pytest.mark.parametrize("one", ALL, ids=lambda it: it.words)
def test_one_is_among_many_as_it_is_the_same_as_one_of_them(one: Vpc) -> None:
    for chosen in product((False, True), repeat=len(ALL)):
        these = [it for it, taken in zip(ALL, chosen, strict=True) if taken]
        assert Vpcs.of(these).may_hold(one) == any(one.same(it) is not False for it in these), [it.words for it in these]
