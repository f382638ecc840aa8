"""The partition: it follows from the region of the provider; `aws` where that is not known to be another."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from auditor.loaders.terraform.values.types import Typed
from auditor.model.value import Unknown

if TYPE_CHECKING:
    from auditor.loaders.terraform.instance import Instance

_PARTITIONS = {"cn-": ("aws-cn", "amazonaws.com.cn", "cn.com.amazonaws"), "us-gov-": ("aws-us-gov", "amazonaws.com", "com.amazonaws")}


def attributes(body: Typed, instance: Instance) -> dict[str, Callable[[], Typed]]:
    """partition, dns_suffix and the prefix of DNS names turned round."""
    region = instance.provider_setting("aws", "region")

    def part(index: int) -> Typed:
        if isinstance(region.data, Unknown):
            return Typed(region.data, None, body.place)
        found = next((names for prefix, names in _PARTITIONS.items() if str(region.data).startswith(prefix)), None)
        return Typed((found or ("aws", "amazonaws.com", "com.amazonaws"))[index], None, body.place)

    return {"id": lambda: part(0), "partition": lambda: part(0), "dns_suffix": lambda: part(1), "reverse_dns_prefix": lambda: part(2)}
