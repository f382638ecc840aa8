"""What a packet has to get through: the security groups of an interface, and the network ACL of a subnet."""

from __future__ import annotations

from collections.abc import Iterator

from auditor.model.graph import Graph
from auditor.views.ingress import Direction
from auditor.views.network import acl, groups
from auditor.views.network.acl import Guard
from auditor.views.network.bounds import Bounds, Judged, judge
from auditor.views.network.groups import Pass
from auditor.views.network.interface import Interface
from auditor.views.network.naming import Gap
from auditor.views.network.packets import PORTS, Packets
from auditor.views.network.party import Party
from auditor.views.network.subnet import Subnet
from auditor.views.network.trace import Code, Trace, lacking

_GROUP_CODES = {"egress": Code.GROUP_EGRESS, "ingress": Code.GROUP_INGRESS}
_ACL_CODES = {"egress": Code.ACL_EGRESS, "ingress": Code.ACL_INGRESS}
_TO = {"egress": "to", "ingress": "from"}


def asked(trace: Trace, remote: Party) -> Packets:
    """The packets of the walk to or from its far end."""
    protocol = (trace.protocol, trace.protocol)
    return Packets(tuple((protocol, addresses, PORTS, trace.ports) for addresses in remote.ranges))


def _judged(bounds: Bounds, trace: Trace, remote: Party) -> Judged:
    return judge(bounds, asked(trace, remote), trace.ports, any_port=trace.any_port, majority=remote.majority)


def through_groups(trace: Trace, interface: Interface, direction: Direction, remote: Party) -> None:
    """Let a packet through the groups of an interface; groups remember connections, so they are asked on the way there only."""
    held = interface.groups
    if held.none:
        return
    judged = _judged(groups.permits(held, trace.graph, direction, trace.family, remote.far), trace, remote)
    found = _deciding_passes(trace, interface, direction, remote)
    what = f"{trace.words()} {_TO[direction]} {remote.words}"
    if judged.truth:
        letting = next((it for sure, it in found if sure), None)
        where = letting.opening.where if letting is not None else interface.resource.body
        owner = letting.holder if letting is not None else None
        trace.passes(owner, where, f"{held.words} lets {what} {'out' if direction == 'egress' else 'in'}")
    elif judged.truth is False:
        resource = held.declared[0] if held.declared else None
        where = lacking(resource, direction) if resource is not None else interface.where
        fix = f"add an {direction} rule for {trace.words()} {_TO[direction]} {_peer(remote)} to {held.words}"
        trace.blocked(resource, where, _GROUP_CODES[direction], f"no {direction} rule of {held.words} lets {what}", fix)
    else:
        trace.unknown(_group_gap(found, interface, remote))


def _peer(remote: Party) -> str:
    """What a rule for the far end would name: its groups where they can be seen, else its addresses."""
    return f"{remote.words} ({remote.groups.words})" if remote.groups is not None and remote.groups.declared else remote.addressed


def _deciding_passes(trace: Trace, interface: Interface, direction: Direction, remote: Party) -> list[tuple[bool, Pass]]:
    """(surely, opening) for the openings that may let the packet through."""
    found: list[tuple[bool, Pass]] = []
    want = asked(trace, remote)
    for it in groups.all_passes(interface.groups, trace.graph, direction):
        matched = groups.matched(it, trace.family, remote.far)
        if Packets.of(matched.inner) & want:
            found.append((True, it))
        elif Packets.of(matched.outer) & want:
            found.append((False, it))
    return found


def _group_gap(found: list[tuple[bool, Pass]], interface: Interface, remote: Party) -> Gap:
    held = interface.groups
    for sure, it in found:
        if sure:
            return remote.gap or Gap(
                it.opening.where, f"the rule is for {_peer_words(it)}, and which address {remote.words} has is not known"
            )
    for _, it in found:
        return it.loose or next(iter(it.spread.gaps), None) or _peer_gap(it, remote)
    if held.gaps:
        return held.gaps[0]
    name = held.named[0] if held.named else "a security group"
    return Gap(interface.where, f"the rules of {name} are not declared here")


def _peer_words(found: Pass) -> str:
    return found.opening.peer_words if isinstance(found.opening.peer.data, str) else found.opening.kind


def _peer_gap(found: Pass, remote: Party) -> Gap:
    if any(block.addresses is None for block in found.blocks):
        return _block_gap(found)
    if found.peers is not None and found.peers.gaps:
        return found.peers.gaps[0]
    if remote.groups is not None and remote.groups.gaps:
        return remote.groups.gaps[0]
    return Gap(found.opening.where, f"whether {remote.words} has the group {found.opening.peer.data!s:.60} is not known")


def through_acl(trace: Trace, subnet: Subnet, direction: Direction, remote: Party) -> None:
    """Let a packet through the ACL of a subnet; ACLs remember nothing, so they are asked both ways."""
    held = subnet.acl
    judged = _judged(acl.permits(held, trace.graph, direction, trace.family, remote.networks, remote.ranges), trace, remote)
    what = f"{trace.words()} {_TO[direction]} {remote.words}"
    if judged.truth is None:
        trace.unknown(_acl_gap(trace, subnet, direction, remote))
        return
    found = _deciding_guard(trace, subnet, direction, remote, allows=bool(judged.truth))
    where = found.entry.where if found is not None else held.where
    if judged.truth:
        holder = found.holder if found is not None else held.resource
        trace.passes(holder, where, f"{held.words} lets {what} {'out of' if direction == 'egress' else 'into'} {subnet.words}")
    if judged.truth is False or (judged.partial and trace.direction == "return"):
        _refused(trace, subnet, direction, remote, judged)


def _refused(trace: Trace, subnet: Subnet, direction: Direction, remote: Party, judged: Judged) -> None:
    held = subnet.acl
    found = _deciding_guard(trace, subnet, direction, remote, allows=False)
    where = found.entry.where if found is not None else lacking(held.resource, direction) if held.resource is not None else held.where
    holder = found.holder if found is not None else held.resource
    way = f"{_TO[direction]} {remote.words}"
    entry = f"entry {found.ordered.number:g} of {held.words}" if found is not None and found.ordered.number is not None else held.words
    side = f"{'out of' if direction == 'egress' else 'into'} {subnet.words}"
    if judged.truth:
        ports = ", ".join(f"{low}-{high}" if low != high else f"{low}" for low, high in judged.partial)
        reason = f"{entry} refuses a part of the ports {trace.words()} {way} {side}: {ports}"
    else:
        reason = f"{entry} refuses {trace.words()} {way} {side}"
    before = f" with a number below {found.ordered.number:g}" if found is not None and found.ordered.number is not None else ""
    answers = " (answers go to the client's ephemeral ports: ACLs do not remember connections)" if trace.direction == "return" else ""
    fix = f"allow {trace.words()} {_TO[direction]} {remote.addressed} in the {direction} entries of {held.words}{before}{answers}"
    trace.blocked(holder, where, _ACL_CODES[direction], reason, fix, partial=bool(judged.truth))


def _deciding_guard(trace: Trace, subnet: Subnet, direction: Direction, remote: Party, *, allows: bool) -> Guard | None:
    """The first entry that decides so over some of the packets; None when it is the end of the list, or an ACL that AWS made."""
    if subnet.acl.resource is None:
        return None
    rest = asked(trace, remote)
    for it in acl.guards(subnet.acl.resource, trace.graph, direction):
        inner = Packets.of(acl.matched(it, trace.family, remote.networks, remote.ranges).inner)
        if it.ordered.allows is allows and rest & inner:
            return it
        rest -= inner
    return None


def _acl_gap(trace: Trace, subnet: Subnet, direction: Direction, remote: Party) -> Gap:
    held = subnet.acl
    if held.gaps:
        return held.gaps[0]
    assert held.resource is not None
    want = asked(trace, remote)
    for it in acl.guards(held.resource, trace.graph, direction):
        matched = acl.matched(it, trace.family, remote.networks, remote.ranges)
        certain = Packets.of(matched.inner)
        if not Packets.of(matched.outer) & want:
            continue
        if it.ordered.allows is None or it.loose or it.spread.gaps or not certain or it.ordered.number is None:
            return it.loose or next(iter(it.spread.gaps), None) or Gap(it.entry.where, _entry_reason(it))
        if not certain.covers(want):
            return remote.gap or Gap(it.entry.where, f"the entry is for a part of where {remote.words} may be")
    return remote.gap or Gap(held.where, f"which address {remote.words} has is not known")


def _entry_reason(found: Guard) -> str:
    if found.block.addresses is None:
        return found.block.reason
    return "the action of the entry is not known" if found.ordered.allows is None else "the number of the entry is not known"


def doubts(graph: Graph, interface: Interface, subnet: Subnet, family: int) -> Iterator[Gap]:
    """Everything that is not known of what lets the internet in and its answers out."""
    held = interface.groups
    yield from held.gaps
    for name in held.named:
        yield Gap(interface.where, f"the rules of {name} are not declared here")
    for group in held.declared:
        if gap := graph.gap_for(group):
            yield Gap(group.body, gap)
    for found in groups.all_passes(held, graph, "ingress"):
        matched = groups.matched(found, family, groups.NOBODY)
        if matched.inner != matched.outer:
            yield found.loose or next(iter(found.spread.gaps), None) or _block_gap(found)
    yield from subnet.acl.gaps
    for direction in _BOTH:
        for guard in acl.guards(subnet.acl.resource, graph, direction) if subnet.acl.resource is not None else ():
            matched = acl.matched(guard, family, (), ())
            if matched.inner != matched.outer or guard.ordered.allows is None or guard.ordered.number is None:
                yield guard.loose or next(iter(guard.spread.gaps), None) or Gap(guard.entry.where, _entry_reason(guard))


_BOTH: tuple[Direction, Direction] = ("ingress", "egress")


def _block_gap(found: Pass) -> Gap:
    unknown = next((it for it in found.blocks if it.addresses is None), None)
    return Gap(found.opening.where, "whom the rule is for is not known") if unknown is None else Gap(unknown.where, unknown.reason)
