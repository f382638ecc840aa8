"""Texts that say that access was denied, in the words of IAM, services, SDKs and CloudTrail: who wanted what, and what is blamed."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from auditor.views.iam.hole import HOLE
from auditor.views.iam.layers import Layer
from auditor.views.iam.operation import action_of
from auditor.views.iam.request import ContextValue
from auditor.views.iam.target import layer_of
from auditor.views.iam.trail import record_in


@dataclass(frozen=True, slots=True)
class Denial:
    """What a text tells; what it does not tell is empty, or None for the resource. `explicit`: whether it speaks of an explicit deny."""

    principal: str = ""
    action: str = ""
    resource: str | None = None
    blamed: Layer | None = None
    explicit: bool | None = None
    context: Mapping[str, ContextValue] = field(default_factory=dict)


def parse(text: str) -> Denial | None:
    """What a text tells; None when it does not speak of denied access."""
    record = record_in(text)
    if record is not None:
        told = _of_text(record.message)
        action = told.action or record.action
        return replace(
            told,
            principal=record.principal or told.principal,
            action=action,
            resource=record.resource if told.resource is None else told.resource,
            context=record.context,
        )
    found = _of_text(text)
    return found if found.action or (found.principal and _DENIED.search(text)) else None


def _of_text(text: str) -> Denial:
    text = _line(text)
    for form in (_user, _service_role, _assumed, _execution_role, _without_user):
        found = form(text)
        if found is not None:
            return _blaming(found, text)
    return _blaming(Denial(), text)


def _line(text: str) -> str:
    """One line, without the frames that Terraform draws and without what a shell or a page has escaped."""
    text = html.unescape(text.replace("\\n", " ").replace("\\t", " ").replace('\\"', '"'))
    return " ".join(re.sub(r"[│╷╵║]", " ", text).split())


_DENIED = re.compile(r"not authorized|access ?denied|\bforbidden\b|explicit deny|unauthorizedoperation", re.IGNORECASE)
_ROLE: Final = re.compile(r"arn:[\w-]+:iam::\d{12}:role/[\w+=,.@/-]+")
_ARN: Final = re.compile(r"arn:[\w-]+:[\w-]+:[^\s\"']+")

_USER = re.compile(
    r"(?:User|Principal|Role|AssumedRole):?\s*\"?(?P<who>arn:[^\s\"]+|anonymous)\"?\s+is not authorized to perform:?\s*"
    r"\"?(?P<action>[A-Za-z0-9-]+:[A-Za-z0-9*]+)\"?(?P<rest>.*)",
    re.IGNORECASE,
)
_BARE_USER = re.compile(
    r"(?P<who>arn:aws[\w-]*:(?:iam|sts)::[^\s\"]+)\"?\s+is not authorized to perform:?\s*"
    r"\"?(?P<action>[A-Za-z0-9-]+:[A-Za-z0-9*]+)\"?(?P<rest>.*)"
)


def _user(text: str) -> Denial | None:
    """The words of IAM: `User: ARN is not authorized to perform: ACTION on resource: ARN because ...`."""
    found = _USER.search(text) or _BARE_USER.search(text)
    if found is None:
        return None
    return Denial(
        found["who"].lower() if found["who"].lower() == "anonymous" else found["who"],
        _action(found["action"]),
        _resource(found["rest"], text),
    )


def _action(text: str) -> str:
    service, _, name = text.partition(":")
    return f"{service.lower()}:{name}"


_ON = re.compile(r"on (?:the )?(?:following )?resources?(?:\(s\))?:\s*")
_END = re.compile(
    r"(?=\s+because\b|\s+with an explicit|,?\s+status code|,?\s+request ?id|\.?\s+Encoded|\s+\((?:Service|Status|Request)"
    r"|,?\s+with \w+\.|\s+on \S+ line |[\"'])",
    re.IGNORECASE,
)


def _resource(rest: str, text: str) -> str | None:
    """The resource, also one in quotes, one with blanks in its name, and one with a masked account; a queue by its URL."""
    start = _ON.search(rest)
    if start is None:
        return _queue(text)
    named = rest[start.end() :].lstrip("\"'")
    end = _END.search(named)
    named = named[: end.start()] if end else named.partition(" ")[0]
    named = named.strip().rstrip(".,;)")
    return re.sub(r"\*{4,}\d{4}", HOLE, named) or None


_QUEUE = re.compile(r"https://(?:sqs\.([\w-]+)|([\w-]+)\.queue)\.amazonaws\.com/(\d{12})/([\w.-]+)")


def _queue(text: str) -> str | None:
    found = _QUEUE.search(text)
    return f"arn:aws:sqs:{found[1] or found[2]}:{found[3]}:{found[4].rstrip('.')}" if found else None


_SERVICE = re.compile(
    r"(?P<service>[A-Z]\w+) is not authorized to perform:? (?P<action>sts:\w+) on (?:service )?(?:role:? )?(?P<role>arn:\S+)"
)


def _service_role(text: str) -> Denial | None:
    """`CodeBuild is not authorized to perform: sts:AssumeRole on ARN`."""
    found = _SERVICE.search(text)
    if found is None:
        return None
    return Denial(f"{found['service'].lower()}.amazonaws.com", found["action"], found["role"].rstrip(".,;"), Layer.TRUST)


_ASSUMED: Final[tuple[tuple[re.Pattern[str], str], ...]] = (
    (re.compile(r"ECS was unable to assume the role", re.IGNORECASE), "ecs-tasks.amazonaws.com"),
    (re.compile(r"cannot be assumed by Lambda"), "lambda.amazonaws.com"),
    (re.compile(r"cannot be assumed by principal '([\w.-]+\.amazonaws\.com)'"), ""),
    (re.compile(r"EventBridge Scheduler to assume the role"), "scheduler.amazonaws.com"),
    (re.compile(r"(?:States|Step Functions).*(?:not authorized to assume|cannot assume)", re.IGNORECASE), "states.amazonaws.com"),
)


def _assumed(text: str) -> Denial | None:
    """The words of services whose role does not trust them."""
    for pattern, service in _ASSUMED:
        found = pattern.search(text)
        if found is not None:
            role = _ROLE.search(text)
            return Denial(service or found[1], "sts:AssumeRole", role[0].rstrip(".") if role else None, Layer.TRUST)
    return None


_EXECUTION = re.compile(
    r"execution role does(?:n't| not) have permissions? to (?:call|perform) (\w+)(?: on| action on)? ([\w-]+)", re.IGNORECASE
)


def _execution_role(text: str) -> Denial | None:
    """Lambda: `The provided execution role does not have permissions to call ReceiveMessage on SQS`."""
    found = _EXECUTION.search(text)
    if found is None:
        return None
    role, arn = _ROLE.search(text), next((it for it in _ARN.findall(text) if ":iam:" not in it), None)
    return Denial(role[0].rstrip(".") if role else "", action_of(found[2], found[1]), arn)


_CALLING = re.compile(r"when calling the (\w+) operation")
_SDK = re.compile(r"operation error ([\w ]+): (\w+),")
_PLAIN = re.compile(r"[Nn]ot authorized to perform:?\s*([a-z0-9-]+:\w+)")


def _without_user(text: str) -> Denial | None:
    """What names no principal: an SDK that tells only its operation, STS about a token."""
    if not (_DENIED.search(text) or _QUEUE.search(text)):
        return None
    plain, sdk, calling = _PLAIN.search(text), _SDK.search(text), _CALLING.search(text)
    action = plain[1] if plain else action_of(sdk[1], sdk[2]) if sdk else action_of("", calling[1]) if calling else ""
    if not action:
        return None
    role, arn = _ROLE.search(text), _ARN.search(text)
    assumes = layer_of(action) is Layer.TRUST
    resource = (
        role[0].rstrip(".") if role and assumes else _queue(text) or _bucket(text, action) or (arn[0].rstrip(".,;)") if arn else None)
    )
    return Denial("", action, resource)


_BUCKET = re.compile(r"S3 Bucket (?:\w+ )?\(([\w.-]+)\)|s3://([\w.-]+)(/\S*)?|https://([\w.-]+)\.s3[\w.-]*\.amazonaws\.com(/\S*)?")


def _bucket(text: str, action: str) -> str | None:
    found = _BUCKET.search(text) if action.startswith("s3:") else None
    if found is None:
        return None
    key = (found[3] or found[5] or "").rstrip(".,;:\"'")
    return f"arn:aws:s3:::{found[1] or found[2] or found[4]}{key if len(key) > 1 else ''}"


_BLAME = re.compile(
    r"(?P<how>because no|explicit deny in (?:an?|the)|not allowed by (?:an?|the)) "
    r"(?P<what>identity-based|resource-based|permissions? boundar|session|service control|resource control|vpc endpoint|role trust|trust)",
    re.IGNORECASE,
)
_LAYERS: Final[Mapping[str, Layer]] = {
    "identity-based": Layer.IDENTITY,
    "resource-based": Layer.RESOURCE,
    "permission boundar": Layer.BOUNDARY,
    "permissions boundar": Layer.BOUNDARY,
    "session": Layer.SESSION,
    "service control": Layer.SCP,
    "resource control": Layer.RCP,
    "vpc endpoint": Layer.ENDPOINT,
    "role trust": Layer.TRUST,
    "trust": Layer.TRUST,
}


def _blaming(denial: Denial, text: str) -> Denial:
    """The denial with the layer that the text blames."""
    found = _BLAME.search(text)
    if found is None:
        return denial
    layer = _LAYERS[found["what"].lower()]
    if layer is Layer.RESOURCE:
        layer = layer_of(denial.action)
    return replace(denial, blamed=layer, explicit=found["how"].lower().startswith("explicit"))
