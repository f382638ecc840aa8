"""Units that have to be seen together: plans are read in the light of the code that they were planned from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from auditor.loaders import Loading, Unit
from auditor.loaders.terraform_plan import NAME as PLAN
from auditor.loaders.terraform_plan import relocate
from auditor.model.resource import Facet, Resource


def load_together(units: Iterable[Unit]) -> list[tuple[Unit, Loading]]:
    """Each unit with what is in it; planned values stand where the code wrote them, when that code is among the units."""
    loaded = [(unit, unit.load()) for unit in units]
    written = [resource for _, loading in loaded for resource in loading.resources if resource.facet is Facet.WRITTEN]
    return [(unit, _in_the_code(loading, written) if unit.format == PLAN else loading) for unit, loading in loaded]


def _in_the_code(plan: Loading, written: Iterable[Resource]) -> Loading:
    return replace(plan, resources=relocate(plan.resources, written))
