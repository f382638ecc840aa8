"""Resources by their ARNs, so that the one behind an ARN is found without asking every other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from auditor.model.resource import Resource
from auditor.views.iam.hole import has_hole
from auditor.views.iam.pattern import ONE


@dataclass(frozen=True, slots=True)
class ArnIndex:
    """Resources by what their ARNs say behind the account; `open` are those of which that is not all known."""

    named: Mapping[str, tuple[Resource, ...]]
    open: tuple[Resource, ...]
    all: tuple[Resource, ...]

    @classmethod
    def of(cls, found: Iterable[tuple[str, Resource]]) -> ArnIndex:
        """The index of (ARN, resource)."""
        named: dict[str, list[Resource]] = defaultdict(list)
        loose, everything = [], []
        for arn, resource in found:
            everything.append(resource)
            rest = _rest(arn)
            if has_hole(rest) or ONE in rest:
                loose.append(resource)
            else:
                named[rest].append(resource)
        return cls({rest: tuple(resources) for rest, resources in named.items()}, tuple(loose), tuple(everything))

    def like(self, arn: str) -> tuple[Resource, ...]:
        """The resources that an ARN, or the ARN of a part of one, may name."""
        rest = _rest(arn)
        if has_hole(rest):
            return self.all
        return (*(resource for base in _bases(rest) for resource in self.named.get(base, ())), *self.open)


def _rest(arn: str) -> str:
    return arn.split(":", 5)[-1]


def _bases(rest: str) -> Iterator[str]:
    """What an ARN says, and what is left of it in front of each part behind it."""
    yield rest
    for at, sign in enumerate(rest):
        if sign in "/:":
            yield rest[:at]
