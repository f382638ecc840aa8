"""ApsaraDB RDS instances: the parameters that their configuration sets."""

from __future__ import annotations

from typing import Final

from auditor.model.node import Node
from auditor.views.decide import every, some

_ON: Final = frozenset({"on", "1", "true"})


def switched_on(instance: Node, name: str) -> bool:
    """Whether a parameter of that name is set to on. Raises `Undecided` when one that is unknown may be it."""
    return some(
        *(
            lambda parameter=parameter: every(
                lambda: parameter.at("name").text == name,
                lambda: (parameter.at("value").text or "").lower() in _ON,
            )
            for parameter in instance.each("parameters")
        )
    )
