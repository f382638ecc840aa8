"""The simulations that `iam_requests` makes, decided here, and why an answer differs from the one of others."""

from __future__ import annotations

import json
from typing import Any

from auditor.views.iam.decision import Decision
from auditor.views.iam.layers import Layer
from auditor.views.iam_actions import limited_by_rcp
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
    return decide(request["principal"], request["action"], target["resource"], given, owner=target["accountId"], context=context)


FAMILIES = (
    "a resource control policy for a service that has none",
    "a session policy and a grant to the session",
)
"""Why answers may differ; docs/guide/iam.md has a chapter on each."""


def family(simulation: dict[str, Any]) -> str:
    """The family that a difference over a simulation belongs to; empty when it belongs to none."""
    if simulation["resourceControlPolicies"] and not limited_by_rcp(_service(simulation)):
        return FAMILIES[0]
    if "sessionPolicy" in simulation and _grants_to_session(simulation):
        return FAMILIES[1]
    return ""


def _service(simulation: dict[str, Any]) -> str:
    return str(simulation["request"]["action"].partition(":")[0])


def _named(simulation: dict[str, Any], key: str) -> list[Any] | None:
    return [named["policy"] for named in simulation[key]] if key in simulation else None


def _parts(data: Any, key: str) -> list[Any]:
    """Everything that stands at a key anywhere."""
    if isinstance(data, dict):
        return ([data[key]] if key in data else []) + [found for value in data.values() for found in _parts(value, key)]
    return [found for item in data for found in _parts(item, key)] if isinstance(data, list) else []


def _grants_to_session(simulation: dict[str, Any]) -> bool:
    text = json.dumps(_parts(simulation.get("resourcePolicy", {}), "Principal"))
    return simulation["request"]["principal"] in text or '"*"' in text
