"""The truth table of IAM decisions, written from the rules of the AWS guide: each row is one request and its answer.

Rows of a table differ in one thing, which stands in the row; what is the same for all stands in the comment above. `+` is allow,
`-` implicit deny, `!` explicit deny, `?` unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

HOME, AWAY = "111111111111", "222222222222"
USER = f"arn:aws:iam::{HOME}:user/ada"
ROLE = f"arn:aws:iam::{HOME}:role/app"
SESSION = f"arn:aws:sts::{HOME}:assumed-role/app/run"
ROOT = f"arn:aws:iam::{HOME}:root"
FEDERATED = f"arn:aws:sts::{HOME}:federated-user/bob"
STRANGER = f"arn:aws:iam::{AWAY}:user/eve"
OBJECT = "arn:aws:s3:::media/a/b.png"
KEY = f"arn:aws:kms:eu-west-1:{HOME}:key/1"
TARGET_ROLE = f"arn:aws:iam::{HOME}:role/deploy"

# -- Action of an Allow, for s3:GetObject: the name is compared without regard to case, * and ? are wildcards

ACTIONS: list[tuple[str, Any, str]] = [
    ("Action", "s3:GetObject", "+"), ("Action", "S3:GETOBJECT", "+"), ("Action", "s3:getobject", "+"), ("Action", "s3:Get*", "+"),
    ("Action", "s3:*", "+"), ("Action", "*", "+"), ("Action", "s3:*Object", "+"), ("Action", "s3:?etObject", "+"), ("Action", "s3:???Object", "+"),
    ("Action", "s3:Get?", "-"), ("Action", "s3:GetObject?", "-"), ("Action", "s3:GetObject*", "+"), ("Action", "s3:Put*", "-"),
    ("Action", "s3:GetObjectAcl", "-"), ("Action", "sqs:*", "-"), ("Action", "s3", "-"), ("Action", "GetObject", "-"), ("Action", [], "-"),
    ("Action", ["sqs:*", "s3:GetObject"], "+"), ("Action", ["sqs:*", "s3:PutObject"], "-"), ("Action", "s3:[G]etObject", "-"),
    ("Action", "new-service:Anything", "-"), ("Action", ["new-service:Anything", "s3:*"], "+"),
    ("NotAction", "s3:GetObject", "-"), ("NotAction", "s3:*", "-"), ("NotAction", "*", "-"), ("NotAction", "iam:*", "+"),
    ("NotAction", ["iam:*", "s3:Put*"], "+"), ("NotAction", ["iam:*", "S3:get*"], "-"),
    ("Action", {"$unknown": "var.a"}, "?"), ("Action", ["s3:GetObject", {"$unknown": "var.a"}], "+"), ("Action", ["sqs:*", {"$unknown": "var.a"}], "?"),
    ("NotAction", {"$unknown": "var.a"}, "?"), ("NotAction", ["s3:*", {"$unknown": "var.a"}], "-"),
]  # fmt: skip

# -- Resource of an Allow, for the object arn:aws:s3:::media/a/b.png: case matters, * spans /, short ARNs are completed

RESOURCES: list[tuple[str, Any, str]] = [
    ("Resource", OBJECT, "+"), ("Resource", "*", "+"), ("Resource", "arn:aws:s3:::media/*", "+"), ("Resource", "arn:aws:s3:::media/a/*", "+"),
    ("Resource", "arn:aws:s3:::media/*.png", "+"), ("Resource", "arn:aws:s3:::media/a/?.png", "+"), ("Resource", "arn:aws:s3:::media/a/??.png", "-"),
    ("Resource", "arn:aws:s3:::m*", "+"), ("Resource", "arn:aws:s3:::*/a/b.png", "+"), ("Resource", "arn:aws:s3:::media", "-"),
    ("Resource", "arn:aws:s3:::media/A/b.png", "-"), ("Resource", "arn:aws:s3:::MEDIA/*", "-"), ("Resource", "arn:aws:s3:::media/a", "-"),
    ("Resource", "arn:*:s3:::media/*", "+"), ("Resource", "arn:aws:s3:*:*:media/*", "+"), ("Resource", "arn:aws:s3", "+"), ("Resource", "arn:aws:sqs", "-"),
    ("Resource", "arn:aws:*", "+"), ("Resource", "arn:aws-cn:s3:::media/*", "-"), ("Resource", "arn:aws:sqs:::media/*", "-"),
    ("Resource", ["arn:aws:s3:::logs/*", "arn:aws:s3:::media/*"], "+"), ("Resource", ["arn:aws:s3:::logs/*", "arn:aws:s3:::backup/*"], "-"),
    ("Resource", "arn:aws:s3:::media/[a]/b.png", "-"), ("Resource", "arn:aws:s3:::media/a.b.png", "-"), ("Resource", "media/*", "-"),
    ("NotResource", OBJECT, "-"), ("NotResource", "arn:aws:s3:::logs/*", "+"), ("NotResource", "*", "-"),
    ("NotResource", ["arn:aws:s3:::logs/*", "arn:aws:s3:::media/a/*"], "-"), ("NotResource", ["arn:aws:s3:::logs/*", "arn:aws:s3:::x"], "+"),
    ("Resource", {"$unknown": "var.r"}, "?"), ("Resource", [OBJECT, {"$unknown": "var.r"}], "+"), ("NotResource", {"$unknown": "var.r"}, "?"),
    ("NotResource", [OBJECT, {"$unknown": "var.r"}], "-"),
]  # fmt: skip

# -- Resource with policy variables, for ada with aws:username = ada, aws:PrincipalTag/team = red, aws:PrincipalTag/star = *

VARIABLES: list[tuple[str, str, str, str]] = [
    # version, pattern, object, answer
    ("2012-10-17", "arn:aws:s3:::media/${aws:username}/*", "ada/1", "+"), ("2012-10-17", "arn:aws:s3:::media/${aws:username}/*", "bob/1", "-"),
    ("2012-10-17", "arn:aws:s3:::media/${AWS:UserName}/*", "ada/1", "+"), ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/team}/*", "red/1", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/none}/*", "/1", "-"), ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/none}/*", "none/1", "-"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/none, 'shared'}/*", "shared/1", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/none,'shared'}/*", "shared/1", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/team, 'shared'}/*", "shared/1", "-"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/team, 'shared'}/*", "red/1", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/star}/*", "anything/1", "-"), ("2012-10-17", "arn:aws:s3:::media/${aws:PrincipalTag/star}/*", "*/1", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${*}/1", "*/1", "+"), ("2012-10-17", "arn:aws:s3:::media/${*}/1", "a/1", "-"),
    ("2012-10-17", "arn:aws:s3:::media/${?}/1", "?/1", "+"), ("2012-10-17", "arn:aws:s3:::media/${?}/1", "a/1", "-"),
    ("2012-10-17", "arn:aws:s3:::media/${$}1", "$1", "+"),
    ("2008-10-17", "arn:aws:s3:::media/${aws:username}/*", "ada/1", "-"), ("2008-10-17", "arn:aws:s3:::media/${aws:username}/*", "${aws:username}/1", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:username}-${aws:PrincipalTag/team}", "ada-red", "+"),
    ("2012-10-17", "arn:aws:s3:::media/${aws:username}-${aws:PrincipalTag/team}", "ada-blue", "-"),
    # in NotResource: a statement whose variable has no value does not apply at all
    ("2012-10-17", "not arn:aws:s3:::media/${aws:username}/*", "bob/1", "+"), ("2012-10-17", "not arn:aws:s3:::media/${aws:username}/*", "ada/1", "-"),
    ("2012-10-17", "not arn:aws:s3:::media/${aws:PrincipalTag/none}/*", "bob/1", "-"),
]  # fmt: skip

# -- one condition of an Allow: operator, values of the policy, value of the request (None: the key is absent, `...`: nobody knows), answer

ANY: Any = ...
CONDITIONS: list[tuple[str, Any, Any, str]] = [
    ("StringEquals", "red", "red", "+"), ("StringEquals", "red", "Red", "-"), ("StringEquals", ["blue", "red"], "red", "+"), ("StringEquals", ["a", "b"], "red", "-"),
    ("StringEquals", "r*", "red", "-"), ("StringEquals", "r*", "r*", "+"), ("StringEquals", "red", None, "-"), ("StringEquals", "red", ANY, "?"),
    ("StringEquals", "", "", "+"), ("StringEquals", [], "red", "-"), ("StringNotEquals", "red", "blue", "+"), ("StringNotEquals", "red", "red", "-"),
    ("StringNotEquals", ["red", "blue"], "blue", "-"), ("StringNotEquals", ["red", "blue"], "green", "+"), ("StringNotEquals", "red", None, "+"),
    ("StringNotEquals", "red", ANY, "?"), ("StringEqualsIgnoreCase", "RED", "red", "+"), ("StringEqualsIgnoreCase", "RED", "blue", "-"),
    ("StringEqualsIgnoreCase", "RED", None, "-"), ("StringNotEqualsIgnoreCase", "RED", "red", "-"), ("StringNotEqualsIgnoreCase", "RED", "blue", "+"),
    ("StringNotEqualsIgnoreCase", "RED", None, "+"), ("StringLike", "r*", "red", "+"), ("StringLike", "r?d", "red", "+"), ("StringLike", "r?d", "reed", "-"),
    ("StringLike", "R*", "red", "-"), ("StringLike", "*", "", "+"), ("StringLike", "*", None, "-"), ("StringLike", ["b*", "r*"], "red", "+"),
    ("StringLike", "${*}", "*", "+"), ("StringLike", "${*}", "red", "-"), ("StringNotLike", "r*", "red", "-"), ("StringNotLike", "r*", "blue", "+"),
    ("StringNotLike", ["r*", "b*"], "blue", "-"), ("StringNotLike", "r*", None, "+"), ("stringequals", "red", "red", "+"),
    # a variable without a value makes every comparison fail, also one that asks for a difference
    ("StringEquals", "${aws:username}", "red", "-"), ("StringEquals", ["${aws:username}", "red"], "red", "+"), ("StringNotEquals", "${aws:username}", "red", "-"),
    ("StringNotEquals", ["${aws:username}", "blue"], "red", "-"), ("StringNotEquals", "${aws:username, 'x'}", "red", "+"), ("StringNotEquals", "${aws:username}", None, "+"),
    ("StringNotLike", "${aws:username}*", "red", "-"), ("StringEquals", "${aws:username, 'red'}", "red", "+"),
    ("StringEqualsIfExists", "red", None, "+"), ("StringEqualsIfExists", "red", "blue", "-"), ("StringEqualsIfExists", "red", "red", "+"),
    ("StringEqualsIfExists", "red", ANY, "?"), ("StringNotEqualsIfExists", "red", None, "+"), ("StringNotEqualsIfExists", "red", "red", "-"),
    ("StringLikeIfExists", "r*", None, "+"), ("StringLikeIfExists", "r*", "blue", "-"), ("StringUnheardOf", "red", "red", "?"),
    ("NumericEquals", "10", "10", "+"), ("NumericEquals", "10", "10.0", "+"), ("NumericEquals", 10, "10", "+"), ("NumericEquals", "10", "11", "-"),
    ("NumericEquals", "10", "ten", "-"), ("NumericEquals", "10", None, "-"), ("NumericNotEquals", "10", "11", "+"), ("NumericNotEquals", "10", "10", "-"),
    ("NumericNotEquals", "10", None, "+"), ("NumericLessThan", "10", "9", "+"), ("NumericLessThan", "10", "10", "-"), ("NumericLessThan", "10", "-1", "+"),
    ("NumericLessThanEquals", "10", "10", "+"), ("NumericLessThanEquals", "10", "10.1", "-"), ("NumericGreaterThan", "10", "11", "+"),
    ("NumericGreaterThan", "10", "10", "-"), ("NumericGreaterThan", "10", "9", "-"), ("NumericGreaterThanEquals", "10", "10", "+"),
    ("NumericGreaterThanEquals", "10", "9.9", "-"), ("NumericGreaterThanEquals", "10", None, "-"), ("NumericLessThanIfExists", "10", None, "+"),
    ("NumericLessThan", "10", "100", "-"), ("NumericLessThan", "9", "10", "-"), ("NumericGreaterThan", "9", "10", "+"),
    ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "+"), ("DateEquals", "2026-01-01T00:00:00Z", "2026-01-01T01:00:00+01:00", "+"),
    ("DateEquals", "2026-01-01", "2026-01-01T00:00:00Z", "+"), ("DateEquals", "1767225600", "2026-01-01T00:00:00Z", "+"),
    ("DateNotEquals", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z", "+"), ("DateNotEquals", "2026-01-01T00:00:00Z", None, "+"),
    ("DateLessThan", "2026-01-01T00:00:00Z", "2025-12-31T23:59:59Z", "+"), ("DateLessThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "-"),
    ("DateLessThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "+"), ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:01Z", "+"),
    ("DateGreaterThan", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "-"), ("DateGreaterThanEquals", "2026-01-01T00:00:00Z", "2026-01-01T00:00:00Z", "+"),
    ("DateGreaterThan", "2026-01-01T00:00:00Z", None, "-"), ("DateGreaterThan", "2026-01-01T00:00:00Z", "soon", "-"), ("DateGreaterThan", "2026-01-01T00:00:00Z", ANY, "?"),
    ("Bool", "true", "true", "+"), ("Bool", "true", "True", "+"), ("Bool", True, "true", "+"), ("Bool", "true", "false", "-"), ("Bool", "false", "false", "+"),
    ("Bool", "true", None, "-"), ("Bool", "false", None, "-"), ("BoolIfExists", "true", None, "+"), ("BoolIfExists", "true", "false", "-"),
    ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", "+"), ("BinaryEquals", "QmluYXJ5", "qmluYXJ5", "-"),
    ("IpAddress", "10.0.0.0/8", "10.1.2.3", "+"), ("IpAddress", "10.0.0.0/8", "11.1.2.3", "-"), ("IpAddress", "203.0.113.9", "203.0.113.9", "+"),
    ("IpAddress", "203.0.113.9/32", "203.0.113.8", "-"), ("IpAddress", "0.0.0.0/0", "8.8.8.8", "+"), ("IpAddress", "2001:db8::/32", "2001:db8::1", "+"),
    ("IpAddress", "2001:db8::/32", "10.1.2.3", "-"), ("IpAddress", "0.0.0.0/0", "2001:db8::1", "-"), ("IpAddress", ["10.0.0.0/8", "192.168.0.0/16"], "192.168.1.1", "+"),
    ("IpAddress", "10.0.0.0/8", "cloudformation.amazonaws.com", "-"), ("IpAddress", "10.0.0.0/8", None, "-"), ("NotIpAddress", "10.0.0.0/8", "11.1.2.3", "+"),
    ("NotIpAddress", "10.0.0.0/8", "10.1.2.3", "-"), ("NotIpAddress", "10.0.0.0/8", None, "+"), ("NotIpAddressIfExists", "10.0.0.0/8", None, "+"),
    ("IpAddress", "10.0.0.5/8", "10.9.9.9", "+"), ("IpAddress", "10.0.0.0/8", ANY, "?"),
    ("ArnEquals", ROLE, ROLE, "+"), ("ArnEquals", "arn:aws:iam::*:role/*", ROLE, "+"), ("ArnLike", "arn:aws:iam::*:role/app", ROLE, "+"),
    ("ArnLike", "arn:aws:iam::*:user/*", ROLE, "-"), ("ArnLike", "arn:aws:iam::??????????11:role/app", ROLE, "+"), ("ArnLike", "arn:aws:iam:*:role/app", ROLE, "-"),
    ("ArnLike", "*", ROLE, "-"), ("ArnLike", "arn:*:*:*:*:*", ROLE, "+"), ("ArnLike", ROLE, "not an arn", "-"), ("ArnNotEquals", ROLE, ROLE, "-"),
    ("ArnNotEquals", ROLE, USER, "+"), ("ArnNotLike", "arn:aws:iam::*:role/*", USER, "+"), ("ArnNotLike", "arn:aws:iam::*:role/*", ROLE, "-"),
    ("ArnNotLike", ROLE, None, "+"), ("ArnLike", ROLE, None, "-"), ("ArnLikeIfExists", ROLE, None, "+"),
    ("Null", "true", None, "+"), ("Null", "true", "red", "-"), ("Null", "false", None, "-"), ("Null", "false", "red", "+"), ("Null", True, None, "+"),
    ("Null", "true", ANY, "?"), ("Null", "false", (), "-"), ("Null", ["true", "false"], "red", "+"),
    ("ForAllValues:StringEquals", ["a", "b"], ("a",), "+"), ("ForAllValues:StringEquals", ["a", "b"], ("a", "b"), "+"),
    ("ForAllValues:StringEquals", ["a", "b"], ("a", "c"), "-"), ("ForAllValues:StringEquals", ["a", "b"], (), "+"), ("ForAllValues:StringEquals", ["a"], None, "+"),
    ("ForAllValues:StringLike", "a*", ("ab", "ac"), "+"), ("ForAllValues:StringNotEquals", "a", ("b", "c"), "+"), ("ForAllValues:StringNotEquals", "a", ("a", "c"), "-"),
    ("ForAllValues:StringEquals", ["a"], ANY, "?"), ("ForAnyValue:StringEquals", ["a", "b"], ("c", "a"), "+"), ("ForAnyValue:StringEquals", ["a", "b"], ("c",), "-"),
    ("ForAnyValue:StringEquals", ["a"], (), "-"), ("ForAnyValue:StringEquals", ["a"], None, "-"), ("ForAnyValue:StringLike", "a*", ("x", "ab"), "+"),
    ("ForAnyValue:StringNotEquals", "a", ("a", "b"), "+"), ("ForAnyValue:StringNotEquals", "a", ("a",), "-"), ("ForAnyValue:StringNotEquals", "a", None, "-"),
    ("ForAnyValue:StringEqualsIfExists", "a", None, "+"), ("forallvalues:stringequals", "a", ("a",), "+"), ("ForAnyValue:IpAddress", "10.0.0.0/8", ("9.9.9.9", "10.1.1.1"), "+"),
    ("StringEquals", {"$unknown": "var.v"}, "red", "?"), ("StringEquals", ["red", {"$unknown": "var.v"}], "red", "+"), ("StringEquals", {"$unknown": "var.v"}, None, "-"),
    ("StringNotEquals", ["red", {"$unknown": "var.v"}], "red", "-"), ("NumericLessThan", {"$unknown": "var.v"}, "1", "?"), ("Null", {"$unknown": "var.v"}, "red", "?"),
]  # fmt: skip

# -- Principal of a policy of a bucket in the same account that allows everything, when no other policy does anything

PRINCIPALS: list[tuple[str, str, Any, str]] = [
    # caller, element, principal, answer
    (USER, "Principal", "*", "+"), (USER, "Principal", {"AWS": "*"}, "+"), (USER, "Principal", {"AWS": USER}, "+"), (USER, "Principal", {"AWS": ROOT}, "-"),
    (USER, "Principal", {"AWS": HOME}, "-"), (USER, "Principal", {"AWS": STRANGER}, "-"), (USER, "Principal", {"AWS": ROLE}, "-"),
    (USER, "Principal", {"AWS": [STRANGER, USER]}, "+"), (USER, "Principal", {"AWS": f"arn:aws:iam::{HOME}:user/*"}, "-"),
    (USER, "Principal", {"AWS": "AIDAEXAMPLE"}, "-"), (USER, "Principal", {"Service": "lambda.amazonaws.com"}, "-"), (USER, "Principal", {"AWS": {"$unknown": "var.p"}}, "?"),
    (SESSION, "Principal", {"AWS": SESSION}, "+"), (SESSION, "Principal", {"AWS": ROLE}, "+"), (SESSION, "Principal", {"AWS": ROOT}, "-"),
    (SESSION, "Principal", {"AWS": f"arn:aws:sts::{HOME}:assumed-role/app/other"}, "-"), (SESSION, "Principal", {"AWS": f"arn:aws:iam::{HOME}:role/other"}, "-"),
    (SESSION, "Principal", "*", "+"), (SESSION, "Principal", {"AWS": f"arn:aws:iam::{HOME}:role/team/app"}, "+"), (ROLE, "Principal", {"AWS": ROLE}, "+"),
    (ROLE, "Principal", {"AWS": SESSION}, "?"), (FEDERATED, "Principal", {"AWS": FEDERATED}, "+"), (FEDERATED, "Principal", {"AWS": USER}, "-"),
    (ROOT, "Principal", {"AWS": STRANGER}, "+"), ("lambda.amazonaws.com", "Principal", {"Service": "lambda.amazonaws.com"}, "+"),
    ("lambda.amazonaws.com", "Principal", {"Service": ["sns.amazonaws.com", "lambda.amazonaws.com"]}, "+"), ("sns.amazonaws.com", "Principal", {"Service": "lambda.amazonaws.com"}, "-"),
    ("lambda.amazonaws.com", "Principal", {"AWS": HOME}, "-"), ("lambda.amazonaws.com", "Principal", "*", "+"), ("anonymous", "Principal", "*", "+"),
    ("anonymous", "Principal", {"AWS": "*"}, "+"), ("anonymous", "Principal", {"AWS": HOME}, "-"), ("anonymous", "Principal", {"Service": "sns.amazonaws.com"}, "-"),
    (USER, "NotPrincipal", {"AWS": USER}, "-"), (USER, "NotPrincipal", {"AWS": STRANGER}, "+"), (USER, "NotPrincipal", {"AWS": HOME}, "-"),
]  # fmt: skip

# -- NotPrincipal of a Deny in the policy of a bucket; identity policies allow everything, with or without a boundary that does, too

NOT_PRINCIPALS: list[tuple[str, Any, bool, str]] = [
    (USER, {"AWS": [USER, ROOT]}, False, "+"), (USER, {"AWS": [USER]}, False, "!"), (USER, {"AWS": [ROOT]}, False, "!"), (USER, {"AWS": [STRANGER]}, False, "!"),
    (USER, {"AWS": [USER, HOME]}, False, "+"), (USER, {"AWS": [USER, ROOT]}, True, "!"), (USER, "*", False, "+"),
    (SESSION, {"AWS": [SESSION, ROLE, ROOT]}, False, "+"), (SESSION, {"AWS": [ROLE, ROOT]}, False, "!"), (SESSION, {"AWS": [SESSION, ROLE]}, False, "!"),
    (SESSION, {"AWS": [SESSION, ROLE, ROOT]}, True, "!"),
]  # fmt: skip

ALL = {"Effect": "Allow", "Action": "*", "Resource": "*"}
READ = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}
WRITE = {"Effect": "Allow", "Action": "s3:PutObject", "Resource": "*"}
NO_READ = {"Effect": "Deny", "Action": "s3:GetObject", "Resource": "*"}
NO_WRITE = {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"}
MAYBE = {**READ, "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}
MAYBE_NOT = {**NO_READ, "Condition": {"StringEquals": {"aws:SourceVpc": "vpc-1"}}}


def to(principal: Any, statement: Mapping[str, Any] = READ) -> dict[str, Any]:
    """A statement of a policy of a resource."""
    return {**statement, "Principal": principal if principal == "*" else {"AWS": principal}}


NOBODY_READS = to("*", NO_READ)

# -- the layers together, for s3:GetObject of an object: caller, account of the bucket, layers, answer, layers in the way

LAYERS: list[tuple[str, str, dict[str, Any], str, str]] = [
    # one account: identity or resource suffices
    (USER, HOME, {}, "-", "identity"), (USER, HOME, {"identity": READ}, "+", ""), (USER, HOME, {"group": READ}, "+", ""),
    (USER, HOME, {"identity": WRITE}, "-", "identity"), (USER, HOME, {"resource": to(USER)}, "+", ""), (USER, HOME, {"resource": to(ROOT)}, "-", "identity"),
    (USER, HOME, {"identity": READ, "resource": to(STRANGER)}, "+", ""), (USER, HOME, {"identity": [WRITE, READ]}, "+", ""),
    (SESSION, HOME, {"identity": READ}, "+", ""), (SESSION, HOME, {"resource": to(ROLE)}, "+", ""), (SESSION, HOME, {"resource": to(SESSION)}, "+", ""),
    (ROOT, HOME, {}, "+", ""), (ROOT, HOME, {"resource": NOBODY_READS}, "!", "resource"), (ROOT, HOME, {"scp": [NO_READ]}, "!", "scp"),
    # a Deny anywhere ends it
    (USER, HOME, {"identity": [READ, NO_READ]}, "!", "identity"), (USER, HOME, {"identity": READ, "group": NO_READ}, "!", "group"),
    (USER, HOME, {"identity": READ, "resource": NOBODY_READS}, "!", "resource"), (USER, HOME, {"identity": READ, "boundary": [ALL, NO_READ]}, "!", "boundary"),
    (SESSION, HOME, {"identity": READ, "session": [ALL, NO_READ]}, "!", "session"), (USER, HOME, {"identity": READ, "scp": [[ALL, NO_READ]]}, "!", "scp"),
    (USER, HOME, {"identity": READ, "rcp": [[to("*", NO_READ)]]}, "!", "rcp"), (USER, HOME, {"identity": READ, "endpoint": [to("*", ALL), to("*", NO_READ)]}, "!", "endpoint"),
    (USER, HOME, {"identity": [READ, NO_WRITE]}, "+", ""), (USER, HOME, {"identity": NO_READ}, "!", "identity"),
    (USER, HOME, {"resource": [to(USER), NOBODY_READS]}, "!", "resource"), (USER, HOME, {"identity": NO_READ, "resource": to(USER)}, "!", "identity"),
    (USER, HOME, {"identity": READ, "resource": to(STRANGER, NO_READ)}, "+", ""), (USER, HOME, {"identity": READ, "resource": to(HOME, NO_READ)}, "!", "resource"),
    (SESSION, HOME, {"identity": READ, "resource": to(ROLE, NO_READ)}, "!", "resource"),
    # boundary and session limit identity policies, and what a policy of the resource grants to the role, not what it grants to the caller
    (USER, HOME, {"identity": READ, "boundary": READ}, "+", ""), (USER, HOME, {"identity": READ, "boundary": WRITE}, "-", "boundary"),
    (USER, HOME, {"identity": WRITE, "boundary": READ}, "-", "identity"), (USER, HOME, {"boundary": READ}, "-", "identity"),
    (USER, HOME, {"identity": WRITE, "boundary": WRITE}, "-", "identity boundary"), (USER, HOME, {"resource": to(USER), "boundary": WRITE}, "+", ""),
    (SESSION, HOME, {"resource": to(ROLE), "boundary": WRITE}, "-", "identity boundary"), (SESSION, HOME, {"resource": to(ROLE), "boundary": READ}, "+", ""),
    (SESSION, HOME, {"resource": to(SESSION), "boundary": WRITE}, "+", ""), (SESSION, HOME, {"identity": READ, "session": READ}, "+", ""),
    (SESSION, HOME, {"identity": READ, "session": WRITE}, "-", "session"), (SESSION, HOME, {"resource": to(ROLE), "session": WRITE}, "-", "identity session"),
    (SESSION, HOME, {"resource": to(ROLE), "session": READ}, "+", ""), (SESSION, HOME, {"resource": to(SESSION), "session": WRITE}, "+", ""),
    (SESSION, HOME, {"resource": to("*"), "session": WRITE}, "+", ""), (SESSION, HOME, {"identity": ALL, "boundary": READ, "session": READ}, "+", ""),
    (SESSION, HOME, {"identity": ALL, "boundary": READ, "session": WRITE}, "-", "session"), (SESSION, HOME, {"identity": ALL, "boundary": WRITE, "session": WRITE}, "-", "boundary session"),
    # SCPs: every level has to allow; RCPs only deny; endpoints have to allow
    (USER, HOME, {"identity": READ, "scp": [ALL]}, "+", ""), (USER, HOME, {"identity": READ, "scp": [ALL, ALL, READ]}, "+", ""),
    (USER, HOME, {"identity": READ, "scp": [ALL, WRITE, ALL]}, "-", "scp"), (USER, HOME, {"identity": READ, "scp": [[]]}, "-", "scp"),
    (USER, HOME, {"identity": WRITE, "scp": [WRITE]}, "-", "identity scp"), (USER, HOME, {"identity": READ, "scp": [[WRITE, READ]]}, "+", ""),
    (USER, HOME, {"resource": to(USER), "scp": [WRITE]}, "-", "scp"), (ROOT, HOME, {"scp": [WRITE]}, "-", "scp"),
    (f"arn:aws:sts::{HOME}:assumed-role/AWSServiceRoleForBackup/x", HOME, {"identity": READ, "scp": [[ALL, NO_READ]]}, "+", ""),
    ("anonymous", HOME, {"resource": to("*"), "scp": [NO_READ]}, "+", ""), ("anonymous", HOME, {"resource": to("*"), "rcp": [NOBODY_READS]}, "!", "rcp"),
    (USER, HOME, {"identity": READ, "rcp": [[]]}, "+", ""), (USER, HOME, {"identity": READ, "rcp": [to("*", NO_WRITE)]}, "+", ""),
    (USER, HOME, {"identity": READ, "endpoint": to("*", READ)}, "+", ""), (USER, HOME, {"identity": READ, "endpoint": to("*", WRITE)}, "-", "endpoint"),
    (USER, HOME, {"identity": READ, "endpoint": to(STRANGER, READ)}, "-", "endpoint"), (USER, HOME, {"resource": to(USER), "endpoint": to("*", WRITE)}, "-", "endpoint"),
    # two accounts: both have to allow
    (USER, AWAY, {"identity": READ}, "-", "resource"), (USER, AWAY, {"resource": to(USER)}, "-", "identity"), (USER, AWAY, {"identity": READ, "resource": to(USER)}, "+", ""),
    (USER, AWAY, {"identity": READ, "resource": to(ROOT)}, "+", ""), (USER, AWAY, {"identity": READ, "resource": to(HOME)}, "+", ""),
    (USER, AWAY, {"identity": READ, "resource": to("*")}, "+", ""), (USER, AWAY, {"resource": to("*")}, "-", "identity"), (USER, AWAY, {}, "-", "identity resource"),
    (USER, AWAY, {"identity": READ, "resource": to(AWAY)}, "-", "resource"), (USER, AWAY, {"identity": READ, "resource": to(USER), "boundary": WRITE}, "-", "boundary"),
    (SESSION, AWAY, {"identity": READ, "resource": to(ROLE)}, "+", ""), (SESSION, AWAY, {"identity": READ, "resource": to(SESSION), "session": WRITE}, "-", "session"),
    (SESSION, AWAY, {"identity": READ, "resource": to(SESSION), "boundary": WRITE}, "-", "boundary"), (SESSION, AWAY, {"resource": to(SESSION)}, "-", "identity"),
    (USER, AWAY, {"identity": [READ, NO_READ], "resource": to(USER)}, "!", "identity"), (USER, AWAY, {"identity": READ, "resource": to(USER), "rcp": [NOBODY_READS]}, "!", "rcp"),
    ("anonymous", HOME, {"resource": to("*")}, "+", ""), ("anonymous", HOME, {"identity": READ}, "-", "resource"), ("anonymous", HOME, {"resource": to(HOME)}, "-", "resource"),
    ("cloudtrail.amazonaws.com", HOME, {"resource": {**READ, "Principal": {"Service": "cloudtrail.amazonaws.com"}}}, "+", ""), ("cloudtrail.amazonaws.com", HOME, {}, "-", "resource"),
    # what is not known: it decides only where nothing else does
    (USER, HOME, {"identity": MAYBE}, "?", ""), (USER, HOME, {"identity": [MAYBE, READ]}, "+", ""), (USER, HOME, {"identity": [READ, MAYBE_NOT]}, "?", ""),
    (USER, HOME, {"identity": [MAYBE, NO_READ]}, "!", "identity"), (USER, HOME, {"identity": READ, "boundary": MAYBE}, "?", ""), (USER, HOME, {"boundary": MAYBE}, "-", "identity"),
    (USER, HOME, {"identity": MAYBE, "boundary": WRITE}, "-", "boundary"), (USER, HOME, {"identity": READ, "scp": [ALL, MAYBE]}, "?", ""),
    (USER, HOME, {"identity": READ, "scp": [WRITE, MAYBE]}, "-", "scp"), (USER, HOME, {"identity": READ, "endpoint": "unknown"}, "?", ""), (USER, HOME, {"identity": "unknown"}, "?", ""),
    (USER, HOME, {"identity": READ, "resource": "unknown"}, "?", ""), (USER, HOME, {"identity": NO_READ, "resource": "unknown"}, "!", "identity"), (USER, HOME, {"resource": "unknown"}, "?", ""),
    (USER, AWAY, {"identity": READ, "resource": "unknown"}, "?", ""), (USER, AWAY, {"resource": "unknown"}, "-", "identity"), (USER, HOME, {"identity": READ, "boundary": "unknown"}, "?", ""),
    (USER, HOME, {"identity": {"$unknown": "var.policy"}}, "?", ""), (USER, HOME, {"identity": READ, "rcp": [MAYBE_NOT | {"Principal": "*"}]}, "?", ""),
    (USER, HOME, {"identity": {**READ, "Effect": {"$unknown": "var.e"}}}, "?", ""), (USER, HOME, {"identity": {**WRITE, "Effect": {"$unknown": "var.e"}}}, "-", "identity"),
]  # fmt: skip

ROOT_KEY = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "kms:*", "Resource": "*"}
TRUST_ROOT = {"Effect": "Allow", "Principal": {"AWS": ROOT}, "Action": "sts:AssumeRole"}
TRUST_LAMBDA = {"Effect": "Allow", "Principal": {"Service": "lambda.amazonaws.com"}, "Action": "sts:AssumeRole"}
ISSUER = f"arn:aws:iam::{HOME}:oidc-provider/token.actions.githubusercontent.com"
TRUST_GITHUB = {"Effect": "Allow", "Principal": {"Federated": ISSUER}, "Action": "sts:AssumeRoleWithWebIdentity"}

# -- keys and roles: without a grant to the caller or to its account, identity policies do nothing

SPECIAL: list[tuple[str, str, str, dict[str, Any], str, str]] = [
    (USER, "kms:Decrypt", KEY, {"identity": ALL}, "-", "kms"), (USER, "kms:Decrypt", KEY, {"identity": ALL, "resource": ROOT_KEY}, "+", ""),
    (USER, "kms:Decrypt", KEY, {"resource": ROOT_KEY}, "-", "identity"), (USER, "kms:Decrypt", KEY, {"resource": to(USER, ALL)}, "+", ""),
    (USER, "kms:Decrypt", KEY, {"identity": ALL, "resource": to(STRANGER, ALL)}, "-", "kms"), (SESSION, "kms:Decrypt", KEY, {"resource": to(ROLE, ALL)}, "+", ""),
    (SESSION, "kms:Decrypt", KEY, {"resource": to(ROLE, ALL), "boundary": READ}, "-", "identity boundary"), (USER, "kms:Decrypt", KEY, {"identity": READ, "resource": ROOT_KEY}, "-", "identity"),
    (STRANGER, "kms:Decrypt", KEY, {"identity": ALL, "resource": to(AWAY, ALL)}, "+", ""), (STRANGER, "kms:Decrypt", KEY, {"resource": to(AWAY, ALL)}, "-", "identity"),
    (STRANGER, "kms:Decrypt", KEY, {"identity": ALL, "resource": ROOT_KEY}, "-", "kms"), (USER, "kms:Decrypt", KEY, {"identity": ALL, "resource": [ROOT_KEY, to("*", {**ALL, "Effect": "Deny"})]}, "!", "kms"),
    (USER, "sts:AssumeRole", TARGET_ROLE, {"identity": ALL}, "-", "trust"), (USER, "sts:AssumeRole", TARGET_ROLE, {"identity": ALL, "resource": TRUST_ROOT}, "+", ""),
    (USER, "sts:AssumeRole", TARGET_ROLE, {"resource": TRUST_ROOT}, "-", "identity"), (USER, "sts:AssumeRole", TARGET_ROLE, {"identity": ALL, "resource": TRUST_LAMBDA}, "-", "trust"),
    (USER, "sts:AssumeRole", TARGET_ROLE, {"resource": {**TRUST_ROOT, "Principal": {"AWS": USER}}}, "+", ""), ("lambda.amazonaws.com", "sts:AssumeRole", TARGET_ROLE, {"resource": TRUST_LAMBDA}, "+", ""),
    ("ec2.amazonaws.com", "sts:AssumeRole", TARGET_ROLE, {"resource": TRUST_LAMBDA}, "-", "trust"), (STRANGER, "sts:AssumeRole", TARGET_ROLE, {"identity": ALL, "resource": TRUST_ROOT}, "-", "trust"),
    (STRANGER, "sts:AssumeRole", TARGET_ROLE, {"identity": ALL, "resource": {**TRUST_ROOT, "Principal": {"AWS": AWAY}}}, "+", ""),
    (STRANGER, "sts:AssumeRole", TARGET_ROLE, {"resource": {**TRUST_ROOT, "Principal": {"AWS": AWAY}}}, "-", "identity"),
    (ISSUER, "sts:AssumeRoleWithWebIdentity", TARGET_ROLE, {"resource": TRUST_GITHUB}, "+", ""), (ISSUER, "sts:AssumeRoleWithWebIdentity", TARGET_ROLE, {"resource": TRUST_ROOT}, "-", "trust"),
    (USER, "sts:GetCallerIdentity", "*", {"identity": {**ALL, "Effect": "Deny"}}, "+", ""), (USER, "ec2:DescribeInstances", "*", {"identity": ALL}, "+", ""),
    (USER, "ec2:DescribeInstances", "*", {"identity": {**ALL, "Resource": f"arn:aws:ec2:eu-west-1:{HOME}:instance/*"}}, "-", "identity"),
    (USER, "ec2:DescribeInstances", "*", {"identity": ALL, "rcp": [to("*", {**ALL, "Effect": "Deny"})]}, "+", ""), (USER, "brandnew:Action", "*", {"identity": ALL}, "+", ""),
]  # fmt: skip
