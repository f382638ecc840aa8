"""A request: who wants to do what to which resource, and what is known of the circumstances."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from auditor.views.iam.hole import has_hole
from auditor.views.iam.truth import Truth


class CallerKind(enum.StrEnum):
    """What makes the request."""

    USER = "user"
    SESSION = "session"  # of a role: nobody acts as a bare role
    FEDERATED_USER = "federated-user"
    ROOT = "root"
    SERVICE = "service"
    PROVIDER = "provider"  # an identity provider whose token becomes a role session
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Caller:
    """The principal of a request; `role` is the ARN of a session's role, `arn` is empty for a session whose name is not known."""

    kind: CallerKind
    arn: str
    account: str = ""
    role: str = ""

    @property
    def name(self) -> str:
        """The last part of what it is called: of a user or a role, its name."""
        return (self.role or self.arn).rpartition("/")[2]

    @property
    def service_linked(self) -> bool:
        """Whether it is a role that a service owns: organizations do not limit those."""
        return ":role/aws-service-role/" in self.role or self.name.startswith("AWSServiceRoleFor")

    @classmethod
    def parse(cls, text: str) -> Caller:
        """The caller that an ARN, the name of a service, `anonymous` or `*` stands for; the ARN of a role is any session of it."""
        text = text.strip()
        if found := _SESSION.fullmatch(text):
            partition, account, name = found.groups()
            return cls(CallerKind.SESSION, text, account, f"arn:{partition}:iam::{account}:role/{name}")
        parts = text.split(":", 5)
        if len(parts) < 6 or parts[0] != "arn":
            if text.lower() in ("anonymous", "*", ""):
                return cls(CallerKind.ANONYMOUS, "")
            if re.fullmatch(r"\d{12}", text):
                return cls(CallerKind.ROOT, f"arn:aws:iam::{text}:root", text)
            return cls(CallerKind.PROVIDER if text in _WEB_PROVIDERS else CallerKind.SERVICE, text)
        account, rest = parts[4], parts[5]
        kind = next((kind for prefix, kind in _KINDS.items() if rest.startswith(prefix)), CallerKind.USER)
        if kind is CallerKind.SESSION:
            return cls(kind, "", account, text)
        return cls(kind, text, account)


_SESSION = re.compile(r"arn:([^:]+):sts::([^:]*):assumed-role/([^/]+)/.+")
_KINDS: Mapping[str, CallerKind] = {
    "role/": CallerKind.SESSION,
    "root": CallerKind.ROOT,
    "federated-user/": CallerKind.FEDERATED_USER,
    "oidc-provider/": CallerKind.PROVIDER,
    "saml-provider/": CallerKind.PROVIDER,
}
_WEB_PROVIDERS: Final = frozenset({"accounts.google.com", "cognito-identity.amazonaws.com", "graph.facebook.com", "www.amazon.com"})


class Absence(enum.Enum):
    """What there is instead of a value of a context key."""

    ABSENT = "absent"
    UNKNOWN = "unknown"


ContextValue: TypeAlias = "str | tuple[str, ...]"
"""One value, or the values of a key that may have several."""


@dataclass(frozen=True, slots=True)
class Context:
    """The context keys of a request: keys are told apart without regard to case.

    `closed`: a key that is not here is certainly not in the request. Otherwise only those in `absent` are not; an entry that ends in `/`
    stands for all keys that begin with it (`aws:resourcetag/`). `free`: a key of which nothing is known has a value that suits the caller:
    so it is asked what is allowed in some circumstances.
    """

    values: Mapping[str, ContextValue] = field(default_factory=dict)
    closed: bool = False
    absent: frozenset[str] = frozenset()
    free: bool = False

    @classmethod
    def of(
        cls, values: Mapping[str, ContextValue], *, closed: bool = False, absent: frozenset[str] = frozenset(), free: bool = False
    ) -> Context:
        """A context whose keys are written in any case."""
        return cls({key.lower(): value for key, value in values.items()}, closed, frozenset(key.lower() for key in absent), free)

    def get(self, key: str) -> ContextValue | Absence:
        """The value of a key."""
        key = key.lower()
        if key in self.values:
            return self.values[key]
        gone = self.closed or key in self.absent or key[: key.find("/") + 1] in self.absent
        return Absence.ABSENT if gone else Absence.UNKNOWN


UNKNOWN_ACCOUNT: Final = "unknown"
"""The owner of a resource when nobody knows it."""


@dataclass(frozen=True, slots=True)
class Request:
    """`resource` is an ARN, or `*` for an action that concerns none; None when nobody said. `owner` is the account that owns it."""

    caller: Caller
    action: str
    resource: str | None
    owner: str = ""
    context: Context = field(default_factory=Context)
    bounded: bool = False
    """Whether the caller has a permissions boundary."""

    @property
    def service(self) -> str:
        """The prefix of the action."""
        return self.action.partition(":")[0].lower()

    @property
    def same_account(self) -> Truth:
        """Whether caller and resource belong to one account; so it is where nothing is said of the owner."""
        owner = self.owner or account_of(self.resource) or self.caller.account
        if owner == UNKNOWN_ACCOUNT:
            return None
        if owner == self.caller.account:
            return True
        return None if has_hole(owner + self.caller.account) else False


def account_of(arn: str | None) -> str:
    """The account in an ARN; empty when there is none."""
    parts = (arn or "").split(":", 5)
    return parts[4] if len(parts) == 6 and parts[4].isdigit() else ""


def region_of(arn: str | None) -> str:
    """The region in an ARN; empty when there is none."""
    parts = (arn or "").split(":", 5)
    return parts[3] if len(parts) == 6 else ""
