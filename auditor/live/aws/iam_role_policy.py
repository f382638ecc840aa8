"""Policies inside roles."""

from auditor.live.source import document, named
from auditor.live.spec import Detail, Each, Spec

SPEC = Spec(
    kind="aws_iam_role_policy",
    service="iam",
    operation="list_role_policies",
    items="PolicyNames",
    inner=named("PolicyName"),
    each=Each("aws_iam_role", {"RoleName": "RoleName"}, carry=("RoleName",)),
    everywhere=True,
    attributes={
        "id": lambda policy: f"{policy.at('RoleName').data}:{policy.at('PolicyName').data}",
        "name": "PolicyName",
        "role": "RoleName",
    },
    details=(Detail("get_role_policy", {"RoleName": "RoleName", "PolicyName": "PolicyName"}, {"policy": document("PolicyDocument")}),),
    key=("role", "name"),
    compare={"policy": "policy"},
    parent=("role",),
    watched="policy",
)

EXAMPLE = {
    "list_roles": {"Roles": [{"RoleName": "app"}]},
    "list_role_policies": {"PolicyNames": ["write"]},
    "get_role_policy": {"RoleName": "app", "PolicyName": "write", "PolicyDocument": "%7B%22Statement%22%3A%5B%5D%7D"},
}
EXPECT: dict[str, object] = {"app:write": {"id": "app:write", "name": "write", "role": "app", "policy": '{"Statement":[]}'}}
