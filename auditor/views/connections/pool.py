"""How large the pool of a client is, as its environment, its URL or its configuration files say."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final

from auditor.model.node import Node, Undecided
from auditor.views.decide import undecided
from auditor.views.started import GAP, Settings, text_of

_DATABASE: Final = (
    r"(?:DB|DATABASE|SQL|PG|PGX|POSTGRES|POSTGRESQL|MYSQL|MARIADB"
    r"|SQLALCHEMY|HIKARI|JDBC|DATASOURCE|KNEX|SEQUELIZE|TYPEORM|PRISMA)"
)
_SIZE: Final = (
    r"(?:POOL|POOL_?SIZE|POOL_?MAX|POOL_?MAX_?SIZE|POOL_?LIMIT|MAX_?POOL|MAX_?POOL_?SIZE|MAXIMUM_?POOL_?SIZE|POOL_?MAX_?CONNS?|JDBC_MAX_?SIZE"
    r"|MAX_?(?:OPEN_?)?CONN(?:ECTION)?S?|CONN(?:ECTION)?_?LIMIT|POOL_?CONNECTIONS)"
)
_POOL = re.compile(rf"(?:\w+_)?{_DATABASE}_(?:\w+_)?{_SIZE}")
_OVERFLOW = re.compile(rf"(?:\w+_)?{_DATABASE}_(?:\w+_)?(?:MAX_?)?OVERFLOW")
_OTHER = frozenset({"MIN", "MINIMUM", "IDLE", "TIMEOUT", "RECYCLE", "LIFETIME", "REDIS", "CACHE", "OVERFLOW"})
_POOLER = re.compile(r"(?:PGBOUNCER_)?(?:MAX_DB_CONNECTIONS|DEFAULT_POOL_SIZE)")
_PROCESSES = re.compile(
    r"WEB_CONCURRENCY|(?:(?:GUNICORN|UVICORN|HYPERCORN|PUMA|UNICORN|NODE_CLUSTER|WEB|APP)_)?WORKERS|PM2_INSTANCES",
)
_SERVER = re.compile(r"(?:^|[\s/])(?:gunicorn|uvicorn|hypercorn|granian|puma|unicorn)(?=\s|$)")
_FLAG = re.compile(r"(?:^|\s)(?:-w|--workers)(?:\s+|=)(\d{1,4})(?=\s|$)")
_OPTIONS_NAME = "GUNICORN_CMD_ARGS"
_IN_URL = re.compile(
    r"[?&;](pool_size|poolSize|max_pool_size|maxPoolSize|maximumPoolSize|pool_max_conns|connection_limit|connectionLimit|max_overflow)=(\d{1,6})?"
)
_IN_FILE = re.compile(r"(?im)^\s*[\w.-]*?(?:maximum-?_?pool-?_?size|max[-_]?pool[-_]?size|pool[-_]?size)\s*[:=]\s*[\"']?(\d{1,5})\b")


@dataclass(frozen=True, slots=True)
class Number:
    """A number that a client is given, and where."""

    value: int
    where: Node


def pool_of(settings: Settings, address: Node) -> Number | None:
    """How many connections a process keeps at most besides its overflow, `address` being the value that names the database.

    None when nothing says so. Raises `Undecided` where that is not known.
    """
    found = _in_url(address, overflow=False) or _variable(settings, _is_pool) or _in_files(settings.files)
    if found is None and settings.doubt is not None:
        raise Undecided(settings.doubt)
    return found


def overflow_of(settings: Settings, address: Node) -> Number | None:
    """How many more a process opens for a while; None when nothing says so. Raises `Undecided`."""
    return _in_url(address, overflow=True) or _variable(settings, lambda name: _OVERFLOW.fullmatch(name) is not None)


def processes_of(settings: Settings) -> Number | None:
    """How many processes the server starts in each container; None when nothing says so. Raises `Undecided`."""
    found = _variable(settings, lambda name: _PROCESSES.fullmatch(name) is not None)
    if found is not None:
        return found
    for name, node in settings.variables:
        flag = _FLAG.search(node.text or "") if name == _OPTIONS_NAME else None
        if flag:
            return Number(int(flag[1]), node)
    return _in_words(settings.words)


def _is_pool(name: str) -> bool:
    if _POOLER.fullmatch(name):
        return True
    return _POOL.fullmatch(name) is not None and not _OTHER & set(name.split("_"))


def _variable(settings: Settings, wanted: Callable[[str], bool]) -> Number | None:
    for name, node in settings.variables:
        if wanted(re.sub(r"[.-]", "_", name).upper()):
            number = node.number
            if number is not None and number == int(number) and number >= 0:
                return Number(int(number), node)
    return None


def _in_url(address: Node, *, overflow: bool) -> Number | None:
    for match in _IN_URL.finditer(text_of(address)):
        if (match[1] == "max_overflow") is not overflow:
            continue
        if match[2] is None:
            raise undecided(address, f"{match[1]} of the address is not known")
        return Number(int(match[2]), address)
    return None


def _in_files(files: Iterable[Node]) -> Number | None:
    doubt: Node | None = None
    for file in files:
        found = _IN_FILE.search(text_of(file))
        if found:
            return Number(int(found[1]), file)
        doubt = doubt or (file if GAP in text_of(file) else None)
    if doubt is not None:
        raise Undecided(doubt)
    return None


def _in_words(words: Iterable[Node]) -> Number | None:
    found = list(words)
    text = " ".join(text_of(word) for word in found)
    flag = _FLAG.search(text) if _SERVER.search(text) else None
    return Number(int(flag[1]), found[0]) if flag else None
