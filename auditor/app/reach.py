"""The use case of `auditor reach`: from two ends to the paths between them, or to everything that stands in the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from auditor.app.graph import load
from auditor.app.inputs import Request
from auditor.app.nearest import nearest
from auditor.model.address import Address
from auditor.model.error import InputError
from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.views.iam.truth import Truth, any_of
from auditor.views.network.blocks import service_of
from auditor.views.network.exposure import Exposure, Opened, exposure
from auditor.views.network.flow import INTERNET, Flow, flow, host, number
from auditor.views.network.front import Through, through
from auditor.views.network.groups import GROUPS
from auditor.views.network.interface import Interface, ends, interfaces
from auditor.views.network.kinds import KINDS
from auditor.views.network.naming import Gap
from auditor.views.network.party import End, Host, Service
from auditor.views.network.subnet import SUBNETS, Subnet, subnet_of

_ORDER = (Facet.RUNNING, Facet.WRITTEN, Facet.PLANNED, Facet.RECORDED)
"""Whose word counts when several graphs hold both ends: what runs, then what a line of code can be shown for."""
_SPREAD = frozenset({Facet.RUNNING, Facet.RECORDED})
"""Facets in which ids are known, so that the networks of several roots are one."""


@dataclass(frozen=True, slots=True)
class Question:
    """Who wants to reach whom; without `target`, what of the internet reaches `source`, or what the internet reaches."""

    source: str
    target: str | None = None
    protocol: str = "tcp"
    port: int | None = None


@dataclass(frozen=True, slots=True)
class Exposed:
    """Something that the internet reaches: by a rule of a group, or through a load balancer."""

    exposure: Exposure
    opened: Opened | None
    through: Through | None
    truth: Truth
    flow: Flow | None


@dataclass(frozen=True, slots=True)
class Reached:
    """The answer: the flows between two ends, or what is exposed."""

    question: Question
    truth: Truth
    flows: tuple[Flow, ...] = ()
    exposed: tuple[Exposed, ...] = ()
    gaps: tuple[Gap, ...] = ()
    notes: tuple[str, ...] = ()


def reach(request: Request, question: Question) -> Reached:
    """Answer a question from what is in the tree. Raises `AuditorError` for what the user can mend."""
    try:
        number(question.protocol, 4)
    except ValueError as error:
        raise InputError(str(error), hint="tcp, udp, icmp, or the number of a protocol") from error
    return answer([graph for graph, _ in load(request)], question)


def answer(graphs: Iterable[Graph], question: Question) -> Reached:
    """Answer a question from graphs: of those that hold both ends, the first that knows."""
    joined = _joined(tuple(graphs))
    texts = [text for text in (question.source, question.target) if text is not None]
    fitting = [graph for graph in joined if all(_end(text) is not None or _resources(graph, text) for text in texts)]
    if not fitting:
        raise _nowhere(joined, texts)
    if question.target is None and _end(question.source) is not None:
        return _together(question, [_answer(graph, question) for graph in _of_one_facet(fitting)])
    found = [_answer(graph, question) for graph in fitting]
    return next((it for it in found if it.truth is not None), found[0])


def _of_one_facet(graphs: list[Graph]) -> list[Graph]:
    """The graphs of the facet that knows most interfaces, so that nothing is told twice."""
    known = {facet: sum(len(interfaces(it)) for it in graphs if it.resources[0].facet is facet) for facet in _ORDER}
    most = max(_ORDER, key=lambda facet: known[facet])
    return [it for it in graphs if it.resources[0].facet is most] or graphs[:1]


def _together(question: Question, found: list[Reached]) -> Reached:
    """One answer of those of several roots."""
    return Reached(
        question,
        any_of(it.truth for it in found),
        tuple(flow for it in found for flow in it.flows),
        tuple(exposed for it in found for exposed in it.exposed),
        tuple(gap for it in found for gap in it.gaps),
        tuple(note for it in found for note in it.notes),
    )


def _joined(graphs: tuple[Graph, ...]) -> list[Graph]:
    """The graphs by rank; states and replies of several roots are one network."""
    made: list[Graph] = []
    for facet in _ORDER:
        of = [graph for graph in graphs if graph.resources and graph.resources[0].facet is facet]
        if facet in _SPREAD and len(of) > 1:
            of = [Graph((it for graph in of for it in graph.resources), gaps=tuple(gap for graph in of for gap in graph.gaps))]
        made += of
    return made


def _end(text: str) -> End | None:
    """The internet, or the host that a text is; None for the address of a resource."""
    if text == "internet":
        return INTERNET
    try:
        return host(text)
    except ValueError:
        return None


def _resources(graph: Graph, text: str) -> tuple[Resource, ...]:
    return graph.find(Address.parse(text))


def _nowhere(graphs: Iterable[Graph], texts: list[str]) -> InputError:
    known = {it.address.text for graph in graphs for it in graph.resources if it.kind in KINDS or it.kind in (*SUBNETS, *GROUPS)}
    for text in texts:
        if _end(text) is None and not any(_resources(graph, text) for graph in graphs):
            hint = "an end is the address of a resource, an IP address, or `internet`"
            return InputError(f"nothing here is called {text!r}{nearest(text, known)}", hint=hint)
    return InputError(f"{' and '.join(texts)} are in different roots", hint="give the state of both, so that their ids are known")


# -- two ends


def _ends(graph: Graph, text: str) -> tuple[tuple[End, ...], tuple[Gap, ...]]:
    """The ends that a text names, and why there are none. Raises `InputError` for what has no place in a network."""
    special = _end(text)
    if special is not None:
        return (special,), ()
    found: list[End] = []
    gaps: list[Gap] = []
    for resource in _resources(graph, text):
        if resource.kind in SUBNETS:
            found.append(subnet_of(graph, resource))
        elif resource.kind in GROUPS:
            found += [it for it in interfaces(graph) if resource in it.groups.declared]
        elif resource.kind == "aws_vpc_endpoint" and not ends(graph, resource):
            found.append(Service(resource))
        elif resource.kind in KINDS:
            found += ends(graph, resource)
        elif resource.kind in _BEHIND_ENDPOINTS:
            found += _service(graph, _BEHIND_ENDPOINTS[resource.kind])
            gaps += _nameless(graph)
        else:
            raise InputError(
                f"{text} neither sends nor receives packets", hint="name an instance, a load balancer, a database, a subnet ..."
            )
        if not found:
            gaps.append(Gap(resource.body, f"{text} has no network interface of its own here"))
    return tuple(found), tuple(gaps)


_BEHIND_ENDPOINTS = {"aws_s3_bucket": "s3", "aws_dynamodb_table": "dynamodb"}
"""What belongs to a service that has gateway endpoints, by the name of the service."""


def _service(graph: Graph, name: str) -> tuple[End, ...]:
    """A service as the declared endpoints lead to it; without one it is reached as the internet is."""
    endpoints = [it for it in graph.of("aws_vpc_endpoint") if not ends(graph, it) and service_of(it).rpartition(".")[2] == name]
    return tuple(Service(it) for it in endpoints) or (INTERNET,)


def _nameless(graph: Graph) -> Iterator[Gap]:
    """Endpoints of which it is not known what they are for."""
    for endpoint in graph.of("aws_vpc_endpoint"):
        if service_of(endpoint).endswith("."):
            yield Gap(endpoint.at("service_name"), f"the service of {endpoint.address.text} is not known")


def _answer(graph: Graph, question: Question) -> Reached:
    for resource in _resources(graph, question.source) if _end(question.source) is None else ():
        if resource.kind in _BEHIND_ENDPOINTS or (resource.kind == "aws_vpc_endpoint" and not ends(graph, resource)):
            raise InputError(f"{question.source} opens no connections, and has no addresses of its own", hint="it can only be a target")
    if question.target is None:
        return _exposed(graph, question)
    (sources, missing), (targets, absent) = _ends(graph, question.source), _ends(graph, question.target)
    notes = tuple(
        f"{it.words} is a subnet: security groups of its hosts are not looked at" for it in (*sources, *targets) if isinstance(it, Subnet)
    )
    if missing and not sources and _serverless(graph, question.source):
        sources, missing = (INTERNET,), ()
        notes = (f"{question.source} is in no VPC: it stands on the internet",)
        if targets == (INTERNET,):
            return Reached(question, True, notes=notes)
    if isinstance(sources[:1] and sources[0], Host) and isinstance(targets[:1] and targets[0], Host):
        raise InputError("two addresses: at least one end has to be a resource", hint="name the resource that has one of them")
    found = [flow(graph, one, other, question.protocol, question.port) for one in sources for other in targets if one is not other]
    gaps = (*missing, *absent)
    truths = [it.truth for it in found]
    truth: Truth = True if True in truths else None if None in truths or gaps or not found else False
    if not found and not gaps:
        gaps = (Gap(graph.resources[0].body, "both ends are the same"),)
    return Reached(question, truth, tuple(found), gaps=gaps, notes=notes)


def _serverless(graph: Graph, text: str) -> bool:
    return any(it.kind == "aws_lambda_function" for it in _resources(graph, text))


# -- one end


def _exposed(graph: Graph, question: Question) -> Reached:
    special = _end(question.source)
    if special is None:
        named, gaps = _ends(graph, question.source)
        cards = tuple(it for it in named if isinstance(it, Interface))
    else:
        cards, gaps = interfaces(graph), ()
    found = list(dict.fromkeys(it for card in cards for it in _of(graph, card, question)))
    if isinstance(special, Host):
        found = [it for it in (_seen_by(graph, special, one) for one in found) if it is not None]
    reached = tuple(it for it in found if it.truth is not False)
    truth: Truth = True if any(it.truth for it in reached) else None if reached or gaps else False
    flows: tuple[Flow, ...] = ()
    if not reached and not isinstance(special, Host):
        near = cards if special is None else tuple(it for it in cards if _has_an_address(it))
        flows = tuple(flow(graph, INTERNET, card, question.protocol, question.port) for card in near)
        gaps = (*gaps, *(Gap(graph.resources[0].body, gap) for gap in graph.gaps))
        truth = None if gaps or any(it.truth is None for it in flows) else truth
    notes = () if cards else ("nothing that is declared here has a network interface",)
    return Reached(question, truth, flows, reached, gaps, notes)


def _has_an_address(card: Interface) -> bool:
    """Whether the internet may address an interface that may answer."""
    return card.resource.kind != "aws_nat_gateway" and (card.has(4) is not False or card.has(6) is not False)


def _of(graph: Graph, card: Interface, question: Question) -> Iterator[Exposed]:
    found = exposure(graph, card)
    for opened in found.opened:
        if _asked(opened.protocol, opened.ports, question):
            port = question.port if question.port is not None else opened.ports[0]
            name = question.protocol if opened.protocol == "all" else opened.protocol
            way = flow(graph, INTERNET, card, name, port, opened.family) if opened.anywhere else None
            yield Exposed(found, opened, None, opened.sure or None, way)
    for way_in in through(graph, card.resource):
        if question.port is None or question.port in (way_in.listens, way_in.port):
            yield Exposed(found, None, way_in, way_in.truth, None)


def _asked(protocol: str, ports: tuple[int, int], question: Question) -> bool:
    if protocol not in ("all", question.protocol) and question.port is not None:
        return False
    return question.port is None or ports[0] <= question.port <= ports[1]


def _seen_by(graph: Graph, one: Host, found: Exposed) -> Exposed | None:
    """What of it one address reaches."""
    if found.opened is None:
        return found
    opened = found.opened
    way = flow(graph, one, found.exposure.interface, "tcp" if opened.protocol == "all" else opened.protocol, opened.ports[0])
    return None if way.truth is False else replace(found, truth=way.truth, flow=way)
