"""The region that the provider is configured for."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.loaders.terraform.values.types import Typed

if TYPE_CHECKING:
    from auditor.loaders.terraform.instance import Instance


def attributes(body: Typed, instance: Instance) -> dict[str, Callable[[], Typed]]:
    """name, region and id: the region's name, where the data source does not ask for another region."""
    if isinstance(body.data, dict) and ("name" in body.data or "endpoint" in body.data):
        return {}
    region = instance.provider_setting("aws", "region")
    return {name: lambda: region for name in ("id", "name", "region")}
