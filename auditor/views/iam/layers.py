"""The layers of policies that decide over a request together."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Final

from auditor.views.iam.truth import Truth
from auditor.views.policy import Policy


class Layer(enum.StrEnum):
    """One kind of policy, by the place from which it takes part in a decision."""

    IDENTITY = "identity"
    GROUP = "group"
    RESOURCE = "resource"
    BOUNDARY = "boundary"
    SESSION = "session"
    SCP = "scp"
    RCP = "rcp"
    ENDPOINT = "endpoint"
    KMS = "kms"  # the policy of a key: without a grant of its own, or to the account, identity policies do nothing
    TRUST = "trust"  # the policy of a role: likewise


@dataclass(frozen=True, slots=True)
class Held:
    """What is known of one layer: its policies, and in `gaps` why there may be more of them, which may allow or deny anything.

    `doubt`: why it is not certain that a layer which limits does so at all; empty when it is. `perhaps` are policies of which nobody knows
    whether they belong to it.
    """

    policies: tuple[Policy, ...] = ()
    gaps: tuple[str, ...] = ()
    doubt: str = ""
    perhaps: tuple[Policy, ...] = ()

    def __or__(self, other: Held) -> Held:
        return Held(
            (*self.policies, *other.policies),
            (*self.gaps, *other.gaps),
            self.doubt or other.doubt,
            (*self.perhaps, *other.perhaps),
        )


NONE: Final = Held()


@dataclass(frozen=True, slots=True)
class Layers:
    """All policies that take part in the decision over one request.

    `boundary`, `session` and `endpoint` are None where there is none: then they do not limit. `scp` and `rcp` have one entry for each
    level from the root of the organization down to the account; without entries no organization limits. `kind` is the layer as which the
    policy of the resource takes part; `closed`: the resource lets in nobody from outside of the account, whatever its policy says. Of RCPs
    and of sets of users only what is attached stands here: what AWS itself attaches does not.
    """

    identity: Held = NONE
    group: Held = NONE
    resource: Held = NONE
    boundary: Held | None = None
    session: Held | None = None
    endpoint: Held | None = None
    scp: tuple[Held, ...] = ()
    rcp: tuple[Held, ...] = ()
    kind: Layer = Layer.RESOURCE
    closed: Truth = False
