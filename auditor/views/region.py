"""The region that a resource is in, and whether two are in the same one."""

from __future__ import annotations

from auditor.model.graph import Graph
from auditor.model.resource import Facet, Resource
from auditor.views.iam.request import region_of as region_of_arn
from auditor.views.iam.truth import Truth


def region(resource: Resource, graph: Graph) -> str:
    """The region, as the resource itself, its ARN or its provider tells it; empty when nobody does."""
    own, arn = resource.at("region").data, resource.at("arn").data
    if isinstance(own, str) and own:
        return own
    if isinstance(arn, str) and (found := region_of_arn(arn)):
        return found
    key = _provider(resource, graph)
    for provider in graph.of("provider.aws"):
        if key is not None and provider.address.text == f"provider.{key}":
            data = provider.at("region").data
            return data if isinstance(data, str) else ""
    return ""


def same_region(one: Resource, other: Resource, graph: Graph) -> Truth:
    """Whether two resources are in one region: by what their regions are, or because one provider makes both. None when nobody knows."""
    first, second = region(one, graph), region(other, graph)
    if first and second:
        return first == second
    keys = (_provider(one, graph), _provider(other, graph))
    if None not in keys and keys[0] == keys[1] and not first and not second:
        return True
    return None


def _provider(resource: Resource, graph: Graph) -> str | None:
    """The provider that makes a resource, as `aws` or `aws.west`; None where that is not known.

    A module gets its providers from its call, and only code says which resource has which: with several of them nobody knows.
    """
    regions = len({str(it.at("region").data) for it in graph.of("provider.aws")})
    named = resource.meta.at("provider").data
    if resource.facet is not Facet.WRITTEN:
        return "aws" if regions == 1 else None
    if resource.address.module:
        return None if regions > 1 or isinstance(named, str) else "aws"
    return named if isinstance(named, str) else "aws"
