"""Secrets in text: known by their form or by the name they are given to, masked before anybody prints them.

Only what is surely or very probably a secret is masked, and only its value: the line stays readable.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Sequence
from functools import lru_cache

STARS = "***"


def mask(secret: str) -> str:
    """The first two characters, which tell secrets apart for those who know them, and stars; of a short one stars only."""
    if secret.endswith(STARS) and len(secret) <= len(STARS) + 2:
        return secret
    return (secret[:2] if len(secret) >= 8 else "") + STARS


# -- names

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_SECRET_WORD = re.compile(
    r"passw(?:or)?d|passphrase|secret|token(?!i)|credential|api_?key|(?:^|_)(?:pass|pwd|dsn)(?=_|\d|$)|conn(?:ection)?_?str(?:ing)?(?=_|\d|$)"
    r"|(?:access|private|account|shared|auth|encryption|signing|master|license|storage)_?(?:access_?)?key"
)
_HARMLESS_END = re.compile(
    r"(?:^|_)(?:arns?|ids?|names?|paths?|files?|filename|dir|refs?|polic(?:y|ies)|length|size|count|min|max|limit|versions?|stages?|ttl|age|rotation"
    r"|rotate|enabled?|required?|expir[a-z]*|types?|mode|ur[il]s?|endpoints?|host|port|region|algorithm|labels?|description|title|namespace"
    r"|provider|service|manager|backend|engine|method|format|validity|units?|window|days|hours|minutes|seconds|recovery|reuse|prevention|status"
    r"|scopes?|audience|issuer|source|from|mount|volumes?|class|kind|encryption|scanning|alg|group|groups|change|reset|hint|characters|numbers"
    r"|symbols|lowercase|uppercase|spec|usage|tags?|reader|writer|role|user|username|config|settings?|options?|scan|check|rule|alias)$"
)


@lru_cache(maxsize=8192)
def secret_name(name: str) -> bool:
    """Whether what is assigned to this name is a secret: `db_password`, `apiKey`, but not `secret_arn` or `password_policy`."""
    flat = re.sub(r"[^a-z0-9]+", "_", _CAMEL.sub("_", name).lower()).strip("_")
    if flat in ("pwd", "oldpwd", "pass"):
        return False
    return _SECRET_WORD.search(flat) is not None and _HARMLESS_END.search(flat) is None


# -- forms

_FORMS = re.compile(
    r"""
      (?<![A-Za-z0-9])(?:AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])
    | (?<![A-Za-z0-9/+=_.-])
      (?=[A-Za-z0-9/+]{0,39}[a-z])(?=[A-Za-z0-9/+]{0,39}[A-Z])(?=[A-Za-z0-9/+]{0,39}[0-9])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=_.-])
    | (?<![A-Za-z0-9_])gh[pousr]_[A-Za-z0-9]{20,255}
    | (?<![A-Za-z0-9_])github_pat_[A-Za-z0-9_]{20,255}
    | (?<![A-Za-z0-9_])gl(?:pat|ptt|dt|rt|soat|cbt|ft|imt|agent)-[\w-]{16,255}
    | (?<![A-Za-z0-9])xox[abeoprs](?:\.xox[a-z])?-[\w-]{10,255}
    | (?<=hooks\.slack\.com/services/)[\w/-]{16,255}
    | (?<=/api/webhooks/)\d{6,30}/[\w-]{20,255}
    | (?<![A-Za-z0-9])(?:sk|rk|pk)_(?:live|test)_[0-9A-Za-z]{10,255}
    | (?<![A-Za-z0-9_-])whsec_[\w+/=-]{16,255}
    | (?<![A-Za-z0-9_-])AIza[\w-]{35}
    | (?<![A-Za-z0-9_-])GOCSPX-[\w-]{20,255}
    | (?<![A-Za-z0-9_-])ya29\.[\w-]{20,1000}
    | (?<![A-Za-z0-9_-])npm_[A-Za-z0-9]{30,255}
    | (?<![A-Za-z0-9_-])pypi-[\w-]{16,1000}
    | (?<![A-Za-z0-9_-])SG\.[\w-]{16,64}\.[\w-]{16,255}
    | (?<![A-Za-z0-9_-])do[opr]_v1_[a-f0-9]{32,128}
    | (?<![A-Za-z0-9_-])hv[sbr]\.[\w-]{20,512}
    | (?<![A-Za-z0-9_-])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{20,255}
    | (?<![A-Za-z0-9_-])sk-[\w-]{20,255}
    | (?<![A-Za-z0-9_-])dapi[a-f0-9]{32}
    | (?<![A-Za-z0-9_-])shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}
    | (?<![A-Za-z0-9_-])NRAK-[A-Z0-9]{20,64}
    | (?<![A-Za-z0-9_-])AGE-SECRET-KEY-1[A-Z0-9]{40,80}
    | (?<![A-Za-z0-9_-])eyJ[\w-]{8,4096}\.eyJ[\w-]{8,8192}(?:\.[\w-]{0,4096})?
    """,
    re.X,
)
_FORM_MARKS = re.compile(
    r"AKIA|ASIA|gh[pousr]_|github_pat_|gl[a-z]{2,5}-|xox|hooks\.slack\.com|/api/webhooks/|_(?:live|test|v1)_|whsec_|AIza|GOCSPX-|ya29\.|npm_|pypi-"
    r"|SG\.|hv[sbr]\.|\.atlasv1\.|sk-|dapi|shp[a-z]{2}_|NRAK-|AGE-SECRET|eyJ|[A-Za-z0-9/+]{40}"
)
_TAIL_MARKS = (
    *("bearer", "authorization", "accountkey=", "sharedaccess", "sig=", 'auth"', 'auth\\"', "private key"),
    *("mysql", "mariadb", "sshpass", "curl", "chpasswd", "--stdin"),
)
_NAME_MARKS = ("pass", "secret", "token", "credential", "key", "pwd", "dsn", "conn")
_TAILS = (
    # the value after a marker that says what it is
    re.compile(r"(?i)(\bbearer\s+)([\w.~+/=-]{8,4096})"),
    re.compile(r"(?i)(\bauthorization\\*[\"']?\s*[:=]\s*\\*[\"']?(?:basic|token|apikey|digest)\s+)([\w.~+/=-]{4,4096})"),
    re.compile(r"(?i)(\b(?:AccountKey|SharedAccessKey|SharedAccessSignature|sig)=)([\w%+/=-]{8,1024})"),
    re.compile(r"(\\*\"auth\\*\"\s*:\s*\\*\")([A-Za-z0-9+/=]{12,4096})"),
    re.compile(r"(-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----)((?:\\[rn]|\s){0,4}[A-Za-z0-9+/=][^\"'-]*)"),
    # passwords among the arguments of commands that are known to take one
    re.compile(r"((?:\b|\\[nrt])(?:mysql|mariadb)\w*[ \t](?:[^\n|;&]{0,200}?[ \t])?-p['\"]?)([^\s'\"$<{-][^\s'\"]{2,128})"),
    re.compile(r"((?:\b|\\[nrt])sshpass[ \t]+-p[ \t]*['\"]?)([^\s'\"$<{]{3,128})"),
    re.compile(r"((?:\b|\\[nrt])curl[ \t](?:[^\n|;&]{0,200}?[ \t])?(?:-u|--user)[ \t=]*['\"]?[^\s:'\"$]{1,64}:)([^\s'\"$<{]{3,128})"),
    re.compile(r"([ \t'\"][\w.-]{1,64}:)([^\s'\"$<{|]{1,128})(?=['\"]?[ \t]*\|[ \t]*(?:sudo[ \t]+)?(?:/usr/sbin/)?chpasswd)"),
    re.compile(r"(\becho[ \t]+['\"]?)([^\s'\"$<{|]{1,128})(?=['\"]?[ \t]*\|[ \t]*(?:sudo[ \t]+)?passwd[ \t][^|\n]{0,40}--stdin)"),
)
_USER_INFO = re.compile(r"(\b[A-Za-z][A-Za-z0-9+.-]{0,30}://[^\s/:@\"'<>]{0,256}:)([^\s/@\"'<>]{1,512})(?=@)")


# -- values behind names

_HEAD = re.compile(r"(?<![\w.-])([\w.-]{1,100})(?:\\*[\"'])?\]?\s*(?:=>|:=|=|:(?=[\s\"'\\\[{$]))(?![=>])[ \t]*")
_FLAG = re.compile(r"(?<![\w-])--([A-Za-z][\w.-]{2,60})[ \t]+(?=[^\s-])")
_NAMED = r"\\{0,8}[\"']?\s{0,80}[=:]\s{0,80}\\{0,8}[\"']?([\w.-]{2,100})"
_VALUE_KEY = r"\\{0,8}[\"']?(?:value|default|content)\\{0,8}[\"']?\s{0,80}[=:][ \t]*"
PAIR = re.compile(rf"(?i)\b(?:name|key){_NAMED}\\{{0,8}}[\"']?\s{{0,80}}[,;]?\s{{0,80}}\{{?\s{{0,80}}{_VALUE_KEY}")
PAIR_BACK = re.compile(
    rf"(?i)\b{_VALUE_KEY}(?=(?:\\{{0,8}}[\"'])?[^\"'\\,;{{}}\n]{{1,1024}}\\{{0,8}}[\"']?\s{{0,80}}[,;]?\s{{0,80}}\\{{0,8}}[\"']?(?:name|key){_NAMED})"
)
_QUOTED = re.compile(r"\"((?:[^\"\\]|\\.)*)(?:\"|\\?$)|'((?:[^'\\]|\\.)*)(?:'|\\?$)", re.S)
_ESCAPED = re.compile(r"(\\+[\"'])(.*?)(?=\\+[\"']|\"|$)")
_WORD = re.compile(r"[^\s,;&|\"'{}()\[\]<>`]{1,512}")
_BARE = re.compile(r"[^\s,;&|\"'{}()\[\]<>`]+")
_REST = re.compile(r"[^\s#&*!|>\[{\"'%@`](?:(?!\s#).)*")
_WORDS = "true|false|null|none|nil|yes|no|on|off|required|optional|enabled|disabled|default"
"""What an option whose name sounds secret is set to: `http_tokens = required`."""
_REFERENCE = re.compile(
    rf"(?:{_WORDS}|\d{{1,3}})$|(?:var|local|data|module|each|self|path|count|env|secrets|vars|inputs|steps|github)\."
    r"|[a-z][a-z0-9]*(?:_[a-z0-9]+)+\.[\w.\[\]*\"-]+$|\$|%[A-Za-z_]+%$|\*+$|arn:aws|.{0,2}\*\*\*$",
    re.I,
)
_PURE = re.compile(
    r"\s*(?:\$\{[^{}]*\}?|%\{[^{}]*\}?|\{\{.*|\$[A-Za-z_]\w*|\$\(.*|arn:aws[\w-]*:.*"
    rf"|\((?:sensitive|known after apply)\)|{_WORDS}|)\s*$",
    re.S,
)
MAX_LITERALS = 4_096
"""A longer line that is known to hold secrets is masked as a whole."""

_INSERTED = re.compile(r"(\$\{[^{}]*\})")
_LABELS = re.compile(r"\s*[a-z_]+(?:\s+\"[\w.-]*\")+\s*\{\s*$")
_LITERAL = re.compile(r"(\\{0,8}[\"'])((?:(?!\1)[^\\]|\\(?!\"|').|\\\\(?:\"|'))*?)\1(\s*[:=](?!=))?")


def reference(text: str) -> bool:
    """Whether a quoted text only refers to a value: an interpolation, an ARN; or says nothing."""
    return _PURE.match(text) is not None


_ENCODED = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{24,}={0,2}")


@lru_cache(maxsize=4096)
def mask_line(line: str) -> str:
    """The line with every secret in it masked; a line without one comes back as it is."""
    if _FORM_MARKS.search(line):
        line = _FORMS.sub(lambda found: mask(found[0]), line)
    if "://" in line and "@" in line:
        line = _USER_INFO.sub(lambda found: found[1] + (found[2] if reference(found[2]) else mask(found[2])), line)
    low = line.lower()
    if any(mark in low for mark in _TAIL_MARKS):
        for tail in _TAILS:
            line = tail.sub(lambda found: found[1] + mask(found[2]), line)
    if ("=" in line or ":" in line or "--" in line) and any(mark in low for mark in _NAME_MARKS):
        line = _replace(line, _named_values(line))
    return _ENCODED.sub(_mask_encoded, line)


def _mask_encoded(found: re.Match[str]) -> str:
    """What is written in base64, masked if what it says holds a secret: scripts for machines are passed so."""
    try:
        inner = base64.b64decode(found[0] + "=" * (-len(found[0]) % 4), validate=True).decode()
    except ValueError:
        return found[0]
    return mask(found[0]) if any(mask_line(line) != line for line in inner.splitlines()) else found[0]


def mask_literals(line: str) -> str:
    """The line with every value masked that is written in it, whatever its name; of references nothing is lost."""
    if len(line) > MAX_LITERALS:
        return STARS
    if _LABELS.match(line):
        return mask_line(line)
    heads = [span for head in _HEAD.finditer(line) for span in _values_at(line, head.end(), sure=True)]
    return mask_line(_replace(line, [*_literals(line, 0, len(line)), *heads]))


def _mask_around(text: str) -> str:
    """The literal parts of a template masked; what it inserts is only named, and stays."""
    if "${" not in text:
        return mask(text)
    return "".join(part if index % 2 or not part else mask(part) for index, part in enumerate(_INSERTED.split(text)))


def _replace(line: str, spans: Sequence[tuple[int, int]]) -> str:
    end, parts = 0, []
    for start, stop in sorted(spans):
        if start >= end:
            parts += [line[end:start], _mask_around(line[start:stop])]
            end = stop
    return "".join((*parts, line[end:])) if parts else line


def _named_values(line: str) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for pattern, sure in ((_HEAD, False), (_FLAG, False), (PAIR, True), (PAIR_BACK, True)):
        end = 0
        for head in pattern.finditer(line):
            # What stands inside a value is masked with it; looking at it again would take quadratic time.
            if head.start() >= end and secret_name(head[1]):
                spans = _values_at(line, head.end(), sure)
                found += spans
                end = max((stop for _, stop in spans), default=end)
    return found


def _literals(line: str, start: int, end: int) -> list[tuple[int, int]]:
    if line.find('"', start, end) < 0 and line.find("'", start, end) < 0:
        return []
    return [found.span(2) for found in _LITERAL.finditer(line, start, end) if not found[3] and not reference(found[2])]


def _values_at(line: str, start: int, sure: bool) -> list[tuple[int, int]]:
    """The ranges of the literal values that begin there; none for a reference. `sure`: the shortest words are values too."""
    if line[start : start + 1] == "[":
        end = line.find("]", start, start + MAX_LITERALS)
        return _literals(line, start, end if end >= 0 else min(len(line), start + 256))
    if found := _QUOTED.match(line, start):
        group = 1 if found[1] is not None else 2
        return [] if reference(found[group]) else [found.span(group)]
    if found := _ESCAPED.match(line, start):
        return [] if reference(found[2]) else [found.span(2)]
    word = _WORD.match(line, start)
    if not word or _REFERENCE.match(word[0]) or line[word.end() : word.end() + 1] in ("(", "["):
        return []
    rest = (_REST if line[max(0, start - 2) : start] in (": ", ":\t") else _BARE).match(line, start)
    text = rest[0].rstrip().rstrip(",") if rest else ""
    return [(start, start + len(text))] if len(text) >= (1 if sure else 4) else []
