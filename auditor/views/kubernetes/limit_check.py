"""Whether containers keep the bounds of a LimitRange."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from auditor.model.node import Node
from auditor.views.decide import undecided
from auditor.views.kubernetes import quantity
from auditor.views.kubernetes.container import Amount, Container, Role
from auditor.views.kubernetes.limit_range import Range
from auditor.views.kubernetes.vertical import manages


@dataclass(frozen=True, slots=True)
class Breach:
    """An amount outside of its bounds: where it stands, or should stand, and the bound."""

    where: Node
    bound: Node
    message: str
    expected: str


def container_breaches(container: Container, it: Range) -> Iterator[Breach]:
    """How a container breaks one item of a LimitRange, once what it does not say is filled in. Raises `Undecided`."""
    if container.role is Role.EPHEMERAL:
        return
    names = dict.fromkeys(name for key in ("max", "min", "maxLimitRequestRatio") for name, _ in it.where.at(key).entries())
    for name in names:
        if '"' not in name and not manages(container, name):
            breach = _above(container, it, name) or _below(container, it, name) or _apart(container, it, name)
            if breach is not None:
                yield breach


def _above(container: Container, it: Range, name: str) -> Breach | None:
    bound = it.where.at(f'max["{name}"]')
    most = quantity.of(bound)
    for amount in (_limit(container, name), _request(container, name)):
        if most is not None and amount is not None and amount.value > most:
            shown = f"{quantity.show(name, amount.value)} of {name}, above the maximum of {quantity.show(name, most)}"
            return _breach(container, amount, name, bound, f"may use {shown}", f"at most {quantity.show(name, most)}")
    return None


def _below(container: Container, it: Range, name: str) -> Breach | None:
    bound = it.where.at(f'min["{name}"]')
    least, request = quantity.of(bound), _request(container, name)
    if least is None or request is None or request.value >= least:
        return None
    shown = f"{quantity.show(name, request.value)} of {name}, below the minimum of {quantity.show(name, least)}"
    return _breach(container, request, name, bound, f"requests {shown}", f"at least {quantity.show(name, least)}")


def _apart(container: Container, it: Range, name: str) -> Breach | None:
    bound = it.where.at(f'maxLimitRequestRatio["{name}"]')
    ratio, request, limit = quantity.of(bound), _request(container, name), _limit(container, name)
    if not ratio or request is None or limit is None or not request.value or limit.value <= ratio * request.value:
        return None
    times = f"{float(limit.value / request.value):.3g} times the {name} that it requests, above the ratio of {float(ratio):g}"
    return _breach(container, request, name, bound, f"may use {times}", f"at least {quantity.show(name, limit.value / ratio)}")


def _breach(container: Container, amount: Amount, name: str, bound: Node, message: str, expected: str) -> Breach:
    where = container.written_request(name) if amount.source == "LimitRange" else amount.where
    return Breach(where, bound, f"the {container.role} {container.name} {message}", expected)


def _request(container: Container, name: str) -> Amount | None:
    return _certain(container.request(name))


def _limit(container: Container, name: str) -> Amount | None:
    return _certain(container.limit(name))


def _certain(amount: Amount | None) -> Amount | None:
    if amount is not None and not amount.certain:
        raise undecided(amount.where, "the LimitRange may be of another namespace")
    return amount
