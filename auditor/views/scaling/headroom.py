"""How full instances may be when all is well, so that the rest carries the load when a zone fails: pure arithmetic, in percent."""

from __future__ import annotations


def highest_target(saturation: float, zones: int) -> float:
    """The target at which the instances of all zones but one are just saturated; the saturation itself where there is one zone only."""
    return saturation * (zones - 1) / zones if zones > 1 else saturation


def after_loss(target: float, zones: int) -> float:
    """What the instances that are left go to when one of the zones fails; `zones` is 2 or more."""
    return target * zones / (zones - 1)
