"""The simulations that `iam_requests` makes, decided here, and why an answer differs from the one of others."""

from __future__ import annotations

from typing import Any

from auditor.views.iam.decision import Decision
from auditor.views.iam.layers import Layer
from auditor.views.iam_actions import limited_by_rcp
from tests.differential.iam_requests import ROLE
from tests.iam_made import decide, layers


def ours(simulation: dict[str, Any]) -> Decision:
    """Our decision over a simulation."""
    request = simulation["request"]
    context = {key: tuple(value) if isinstance(value, list) else value for key, value in request["contextVariables"].items()}
    given = layers(
        identity=[named["policy"] for named in simulation["identityPolicies"]],
        resource=[simulation["resourcePolicy"]] if "resourcePolicy" in simulation else [],
        boundary=_named(simulation, "permissionBoundaryPolicies"),
        session=[simulation["sessionPolicy"]] if "sessionPolicy" in simulation else None,
        endpoint=_named(simulation, "vpcEndpointPolicies"),
        scp=[[named["policy"] for named in level["policies"]] for level in simulation["serviceControlPolicies"]],
        rcp=[[named["policy"] for named in level["policies"]] for level in simulation["resourceControlPolicies"]],
        kind={"kms": Layer.KMS, "sts": Layer.TRUST}.get(_service(simulation), Layer.RESOURCE),
    )
    target = request["resource"]
    caller = "anonymous" if isinstance(request["principal"], dict) else request["principal"]
    return decide(caller, request["action"], target["resource"], given, owner=target["accountId"], context=context)


FAMILIES = (
    "a resource control policy for a service that has none",
    "a session policy and a grant to the session",
)
"""Why answers may differ; docs/guide/iam.md has a chapter on each."""


def readings(simulation: dict[str, Any]) -> dict[str, Decision]:
    """Our decisions over a simulation as others read it, by the family that the reading belongs to; both readings together come last."""
    found: dict[str, Decision] = {}
    changed = simulation
    if simulation["resourceControlPolicies"] and not limited_by_rcp(_service(simulation)):
        changed = _with_rcp_for_all(changed)
        found[FAMILIES[0]] = ours(changed)
    if "sessionPolicy" in simulation and "resourcePolicy" in simulation:
        found[FAMILIES[1]] = ours(_with_grants_to_the_role(simulation))
        found[" and ".join(FAMILIES)] = ours(_with_grants_to_the_role(changed))
    return found


def _with_rcp_for_all(simulation: dict[str, Any]) -> dict[str, Any]:
    """The resource control policies as policies of an endpoint, which speak of every service and every caller."""
    everything = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
    endpoint = simulation.get("vpcEndpointPolicies") or [{"name": "all", "policy": {"Version": "2012-10-17", "Statement": [everything]}}]
    denying = [named for level in simulation["resourceControlPolicies"] for named in level["policies"]]
    return {**simulation, "resourceControlPolicies": [], "vpcEndpointPolicies": [*endpoint, *denying]}


def _with_grants_to_the_role(simulation: dict[str, Any]) -> dict[str, Any]:
    """Every grant to the session, or to everybody, as one to the role, which the session policy limits."""
    given = simulation["resourcePolicy"]
    means_caller = (simulation["request"]["principal"], "*")
    statements = [
        {**it, "Principal": {"AWS": ROLE}}
        if it["Effect"] == "Allow" and any(text in means_caller for text in _texts(it.get("Principal", [])))
        else it
        for it in given["Statement"]
    ]
    return {**simulation, "resourcePolicy": {**given, "Statement": statements}}


def _texts(principal: Any) -> list[str]:
    if isinstance(principal, dict):
        return [text for value in principal.values() for text in _texts(value)]
    return [text for item in principal for text in _texts(item)] if isinstance(principal, list) else [principal]


def _service(simulation: dict[str, Any]) -> str:
    return str(simulation["request"]["action"].partition(":")[0])


def _named(simulation: dict[str, Any], key: str) -> list[Any] | None:
    return [named["policy"] for named in simulation[key]] if key in simulation else None
