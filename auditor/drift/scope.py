"""How far the cloud was read: only inside that does an absence prove anything."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from auditor.model.resource import Resource
from auditor.model.running import EVERYWHERE, Running

_ARN = re.compile(r"arn:[\w-]+:[\w-]*:(?P<region>[\w-]*):(?P<account>\d*):")


@dataclass(frozen=True)
class Scope:
    """The account, and the regions in which every object of a kind was read."""

    account: str | None
    regions: Mapping[str, frozenset[str]]
    homes: Mapping[str, frozenset[str]]
    """Root of a state -> the regions that its ARNs are in."""

    @staticmethod
    def of(running: Running, recorded: Iterable[Resource]) -> Scope:
        """The scope of a reading, and where the recorded resources live."""
        regions: dict[str, set[str]] = defaultdict(set)
        for kind, region in running.complete:
            regions[kind].add(region)
        homes: dict[str, set[str]] = defaultdict(set)
        for resource in recorded:
            found = _arn(resource)
            if found and found["region"]:
                homes[resource.root].add(found["region"])
        return Scope(running.account, _frozen(regions), _frozen(homes))

    def doubt(self, resource: Resource, kind: str) -> str:
        """Why it may exist although no object of that kind was seen; empty when it does not."""
        regions = self.regions.get(kind)
        if not regions:
            return "its type was not read completely"
        found = _arn(resource)
        if found and found["account"] and self.account and found["account"] != self.account:
            return f"it is in the account {found['account']}, but {self.account} was read"
        if EVERYWHERE in regions:
            return ""
        homes = {found["region"]} - {""} if found else self.homes.get(resource.root, frozenset())
        missed = sorted({*homes} - regions)
        if not missed:
            return ""
        return f"it is in {missed[0]}, which was not read" if found else f"it may be in {', '.join(missed)}, which was not read"


def _arn(resource: Resource) -> re.Match[str] | None:
    for name in ("arn", "id"):
        text = resource.at(name).data
        if isinstance(text, str) and (found := _ARN.match(text)):
            return found
    return None


def _frozen(table: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in table.items()}
