"""Whether a statement that names everybody lets strangers in, with what stands beside it."""

from __future__ import annotations

from typing import Any

import pytest

from auditor.model.graph import Graph
from auditor.model.node import Undecided
from auditor.views.iam.strangers import let_in
from auditor.views.policy import resource_statements
from tests.made import graph, resource

OPEN = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::media/*"}


def deny(action: Any = "s3:*", on: Any = "*", **condition: Any) -> dict[str, Any]:
    more = {"Condition": condition} if condition else {}
    return {"Effect": "Deny", "Principal": "*", "Action": action, "Resource": on, **more}


def read(*statements: dict[str, Any], others: tuple[Any, ...] = ()) -> bool:
    carrier = resource("aws_s3_bucket_policy.p", {"bucket": "media", "policy": {"Version": "2012-10-17", "Statement": list(statements)}})
    found: Graph = graph(carrier, *others)
    return let_in(next(iter(resource_statements(carrier, found))), carrier, found) is not None


CLOSED = {
    "everything": deny(),
    "all but an organization": deny(StringNotEquals={"aws:PrincipalOrgID": "o-abc"}),
    "all but some accounts": deny(StringNotEquals={"aws:PrincipalAccount": ["111111111111", "222222222222"]}),
    "all but an endpoint": deny(StringNotEquals={"aws:SourceVpce": "vpce-1"}),
    "all but the office": deny(NotIpAddress={"aws:SourceIp": ["203.0.113.0/24"]}),
    "all but a role": deny(ArnNotLike={"aws:PrincipalArn": "arn:aws:iam::111111111111:role/*"}),
    "that action, all but an organization": deny("s3:Get*", StringNotEquals={"aws:PrincipalOrgID": "o-abc"}),
    "those objects": deny("s3:GetObject", "arn:aws:s3:::media/*"),
}
STILL_OPEN = {
    "requests without TLS": deny(Bool={"aws:SecureTransport": "false"}),
    "another action": deny("s3:PutObject"),
    "other objects": deny("s3:GetObject", "arn:aws:s3:::media/private/*"),
    "an organization": deny(StringEquals={"aws:PrincipalOrgID": "o-abc"}),
    "all but those with a tag, which strangers choose": deny(StringNotEquals={"aws:PrincipalTag/team": "red"}),
    "all but the internet": deny(NotIpAddress={"aws:SourceIp": ["0.0.0.0/0"]}),
    "one account": {**deny(), "Principal": {"AWS": "111111111111"}},
}


@pytest.mark.parametrize("name", CLOSED)
def test_what_keeps_strangers_out(name: str) -> None:
    assert not read(OPEN, CLOSED[name])


@pytest.mark.parametrize("name", STILL_OPEN)
def test_what_does_not(name: str) -> None:
    assert read(OPEN, STILL_OPEN[name])


def test_a_wildcard_of_which_something_is_left() -> None:
    everything = {**OPEN, "Action": "s3:*"}
    assert read(everything, deny("s3:Put*"))
    assert not read(everything, deny("s3:*", StringNotEquals={"aws:PrincipalOrgID": "o-abc"}))
    assert not read({**OPEN, "Action": "*"}, deny("*", StringNotEquals={"aws:PrincipalOrgID": "o-abc"}))
    assert not read({**OPEN, "Action": "*"}, deny("s3:*"))
    assert read({**OPEN, "Action": "*"}, deny("s3:Put*"))


def test_a_deny_that_is_not_known() -> None:
    with pytest.raises(Undecided):
        read(OPEN, deny(StringNotEquals={"aws:PrincipalOrgID": {"$unknown": "var.organization has no value"}}))
    with pytest.raises(Undecided):
        read(OPEN, {"$unknown": "var.statement has no value"})
    assert read(OPEN, deny("s3:PutObject", StringNotEquals={"aws:PrincipalOrgID": {"$unknown": "var.organization has no value"}}))


def test_nothing_beside_it() -> None:
    assert read(OPEN)
    assert not read({**OPEN, "Principal": {"AWS": "111111111111"}})


def test_a_policy_of_the_organization() -> None:
    guard = {"Statement": [{"Effect": "Deny", "Principal": "*", "Action": "s3:*", "Resource": "*",
                            "Condition": {"StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-abc"}}}]}  # fmt: skip
    others = (
        resource("aws_iam_role.r", {"name": "r", "arn": "arn:aws:iam::111111111111:role/r"}),
        resource("aws_organizations_policy.g", {"id": "p-1", "type": "RESOURCE_CONTROL_POLICY", "content": guard}),
        resource("aws_organizations_policy_attachment.g", {"policy_id": "p-1", "target_id": "111111111111"}),
    )
    assert not read(OPEN, others=others)
    assert read(OPEN, others=others[:2])
