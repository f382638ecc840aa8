"""What comes out of a decision: its effect, what each layer said, and which layers stand in the way."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from auditor.views.iam.applied import Applied
from auditor.views.iam.layers import Layer
from auditor.views.iam.truth import Truth, all_of, any_of


class Effect(enum.StrEnum):
    """The answer to a request."""

    ALLOW = "allow"
    IMPLICIT_DENY = "implicit_deny"
    EXPLICIT_DENY = "explicit_deny"
    UNKNOWN = "unknown"


class Voice(enum.StrEnum):
    """What one layer says."""

    ALLOW = "allow"
    DENY = "deny"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one layer says of a request.

    `allows` and `denies` are what its Allow and its Deny statements come to, `statements` those that decided (or may decide, where the
    layer is unknown), `gaps` why it is not wholly known.
    """

    layer: Layer
    allows: Truth
    denies: Truth
    statements: tuple[Applied, ...] = ()
    gaps: tuple[str, ...] = ()

    @property
    def voice(self) -> Voice:
        """A certain Deny before anything else, then what is not known, then an Allow."""
        if self.denies:
            return Voice.DENY
        if self.denies is None or self.allows is None:
            return Voice.UNKNOWN
        return Voice.ALLOW if self.allows else Voice.NONE


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer to a request: the layers that took part, and those that have to change before it is allowed."""

    effect: Effect
    verdicts: tuple[Verdict, ...]
    blocking: tuple[Layer, ...] = ()

    @property
    def layers(self) -> tuple[Verdict, ...]:
        """What each layer says: its levels together, which all have to let a request through, and of which one Deny is enough."""
        found = {layer: [it for it in self.verdicts if it.layer is layer] for layer in Layer}
        return tuple(_together(levels) if len(levels) > 1 else levels[0] for levels in found.values() if levels)

    def verdict(self, layer: Layer) -> Verdict | None:
        """What one layer says; None when it takes no part."""
        return next((verdict for verdict in self.layers if verdict.layer is layer), None)

    @property
    def doubts(self) -> tuple[str, ...]:
        """What the answer hangs on where it is unknown: context keys, parts of statements and policies that are not here."""
        if self.effect is not Effect.UNKNOWN:
            return ()
        found = [gap for verdict in self.verdicts for gap in verdict.gaps]
        found += [doubt for verdict in self.verdicts for applied in verdict.statements for doubt in applied.doubts]
        return tuple(dict.fromkeys(found))


def _together(levels: list[Verdict]) -> Verdict:
    """One verdict of all levels, with the statements of those that decide."""
    allows, denies = all_of(it.allows for it in levels), any_of(it.denies for it in levels)
    if denies:
        decisive = [it for it in levels if it.denies]
    elif denies is None or allows is None:
        decisive = [it for it in levels if it.denies is None or it.allows is None]
    else:
        decisive = [it for it in levels if bool(it.allows) is bool(allows)]
    statements = tuple(applied for it in decisive for applied in it.statements)
    return Verdict(levels[0].layer, allows, denies, statements, tuple(gap for it in levels for gap in it.gaps))
