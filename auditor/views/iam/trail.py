"""The records of CloudTrail about calls that were denied."""

from __future__ import annotations

import ipaddress
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from auditor.views.iam.operation import action_of
from auditor.views.iam.request import ContextValue


@dataclass(frozen=True, slots=True)
class Record:
    """One call: who made it, which action it needed on what, and what CloudTrail tells of the circumstances."""

    principal: str
    action: str
    resource: str | None
    message: str
    context: Mapping[str, ContextValue] = field(default_factory=dict)


def record_in(text: str) -> Record | None:
    """The first record of a denied call in a JSON text; None when there is none."""
    text = text.strip()
    if not text.startswith(("{", "[")):
        return None
    try:
        data = json.loads(text)
    except ValueError:
        return None
    return next((_record(found) for found in _records(data) if _denied(found)), None)


def _records(data: Any) -> Iterator[dict[str, Any]]:
    """The records of a file, of a list, of a reply of LookupEvents (a text in a text), or the only one."""
    if isinstance(data, list):
        for item in data:
            yield from _records(item)
    elif isinstance(data, dict):
        if "eventName" in data:
            yield data
        elif isinstance(data.get("CloudTrailEvent"), str):
            try:
                yield from _records(json.loads(data["CloudTrailEvent"]))
            except ValueError:
                return
        else:
            for key in ("Records", "Events", "detail"):
                yield from _records(data.get(key, []))


def _denied(record: dict[str, Any]) -> bool:
    code = str(record.get("errorCode", ""))
    return any(word in code for word in ("AccessDenied", "Unauthorized", "Forbidden", "NotAuthorized"))


def _record(record: dict[str, Any]) -> Record:
    who = _table(record, "userIdentity")
    return Record(
        _principal(who),
        action_of(str(record.get("eventSource", "")), str(record.get("eventName", ""))),
        _resource(record),
        str(record.get("errorMessage") or ""),
        _context(record, who),
    )


def _table(record: Mapping[str, Any], key: str) -> dict[str, Any]:
    found = record.get(key)
    return found if isinstance(found, dict) else {}


def _principal(who: dict[str, Any]) -> str:
    if who.get("type") == "AWSService":
        return str(who.get("invokedBy", ""))
    if who.get("type") in ("WebIdentityUser", "SAMLUser"):
        return str(who.get("identityProvider", ""))
    if who.get("accountId") == "ANONYMOUS_PRINCIPAL" or who.get("principalId") == "Anonymous":
        return "anonymous"
    return str(who.get("arn", ""))


def _resource(record: dict[str, Any]) -> str | None:
    for found in record.get("resources") or ():
        if isinstance(found, dict) and (arn := found.get("ARN") or found.get("arn")):
            return str(arn)
    given = _table(record, "requestParameters")
    region, account = record.get("awsRegion", ""), record.get("recipientAccountId", "")
    if "bucketName" in given:
        return f"arn:aws:s3:::{given['bucketName']}" + (f"/{given['key']}" if given.get("key") else "")
    for key, form in _FORMS.items():
        if given.get(key):
            value = str(given[key])
            if value.startswith("arn:"):
                return value
            return form.format(region=region, account=account, name=value.rpartition("/")[2]) if form else None
    return None


_FORMS: Mapping[str, str] = {
    "roleArn": "",
    "topicArn": "",
    "secretId": "arn:aws:secretsmanager:{region}:{account}:secret:{name}",
    "keyId": "arn:aws:kms:{region}:{account}:key/{name}",
    "queueUrl": "arn:aws:sqs:{region}:{account}:{name}",
    "functionName": "arn:aws:lambda:{region}:{account}:function:{name}",
    "tableName": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "repositoryName": "arn:aws:ecr:{region}:{account}:repository/{name}",
    "roleName": "arn:aws:iam::{account}:role/{name}",
}
"""Parameter -> the ARN of what it names."""


def _context(record: dict[str, Any], who: dict[str, Any]) -> dict[str, ContextValue]:
    found: dict[str, ContextValue] = {}
    for key, name in (("vpcEndpointId", "aws:SourceVpce"), ("userAgent", "aws:UserAgent"), ("awsRegion", "aws:RequestedRegion")):
        if isinstance(record.get(key), str):
            found[name] = record[key]
    address = str(record.get("sourceIPAddress", ""))
    try:
        ipaddress.ip_address(address)
        found["aws:VpcSourceIp" if "vpcEndpointId" in record else "aws:SourceIp"] = address
    except ValueError:
        pass
    attributes = _table(_table(who, "sessionContext"), "attributes")
    if "mfaAuthenticated" in attributes:
        found["aws:MultiFactorAuthPresent"] = str(attributes["mfaAuthenticated"]).lower()
    if isinstance(record.get("eventTime"), str):
        found["aws:CurrentTime"] = record["eventTime"]
    return found
