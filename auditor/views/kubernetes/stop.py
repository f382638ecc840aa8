"""What a container does when it is told to stop."""

from __future__ import annotations

import re
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.kubernetes.container import Container

_SLEEP = re.compile(r"(?:^|[;&|\s\"'/])sleep\s+(\d+(?:\.\d+)?)([smh]?)(?=$|[;&|\s\"')])")
_UNIT = {"": 1, "s": 1, "m": 60, "h": 3600}


@dataclass(frozen=True, slots=True)
class PreStop:
    """The hook before the stop signal. `seconds` is how long it surely sleeps, 0 when nobody knows; `where` says so."""

    where: Node
    seconds: float


def pre_stop_of(container: Container) -> PreStop | None:
    """The hook of a container; None when it has none. Raises `Undecided`."""
    hook = container.where.at("lifecycle.preStop")
    if hook.missing or not isinstance(hook.value, dict):
        return None
    pause = hook.at("sleep.seconds")
    if pause.present:
        return PreStop(pause, pause.number or 0)
    words = [(item, item.text or "") for item in hook.each("exec.command")]
    text = " ".join(word for _, word in words)
    slept = sum(float(number) * _UNIT[unit] for number, unit in _SLEEP.findall(text))
    holds = next((item for item, word in words if "sleep " in word), words[-1][0] if words else hook)
    return PreStop(holds, slept)
