"""A database is migrated by several jobs at the same time.

## Why it matters
Each leg of the matrix runs the migration. Two of them that alter the same table at once wait for each other's locks, fail with *relation
already exists*, or leave the schema half way, and the pipeline reports whichever ended last.

## Five whys
1. Why is the schema broken? Two migrations ran at the same time.
2. Why? The job that migrates is multiplied by its matrix.
3. Why is it part of that job? It stands beside the rollout, which is done for each region.
4. Why did it work before? The first leg was always a few seconds ahead.

## Fix now
Look at the migration table (`alembic current`, `flyway info`, `python manage.py showmigrations`), and repair what is half done before
anything runs again.

## Workaround
`max-parallel: 1` (GitHub): the first leg migrates, the others find nothing to do.

## Prevent
Migrate in a job of its own that all legs need, or let the tool lock: Flyway and Liquibase lock by themselves, Alembic and Django do not.

## Validate
A run shows one migration, and the legs start after it.

## Bad
```github
on:
  push:
    branches: [main]
jobs:
  deploy:
    strategy:
      fail-fast: false
      matrix:
        region: [eu-west-1, us-east-1]
    runs-on: ubuntu-24.04
    steps:
      - run: alembic upgrade head # finding
      - run: kubectl --context ${{ matrix.region }} apply -f k8s/
```

## Good
```github
on:
  push:
    branches: [main]
jobs:
  migrate:
    runs-on: ubuntu-24.04
    steps:
      - run: alembic upgrade head
  test:
    strategy: {matrix: {python: ['3.12', '3.13']}}
    services: {db: {image: 'postgres:17'}}
    runs-on: ubuntu-24.04
    steps:
      - run: alembic upgrade head
  each:
    strategy: {matrix: {customer: [a, b]}}
    runs-on: ubuntu-24.04
    steps:
      - run: alembic upgrade head
        env:
          DATABASE_URL: postgres://${{ matrix.customer }}.example.com/shop
  deploy:
    needs: migrate
    strategy: {max-parallel: 1, matrix: {region: [eu-west-1, us-east-1]}}
    runs-on: ubuntu-24.04
    steps:
      - run: python manage.py migrate
```
"""

from collections.abc import Iterator

from auditor.sdk import Confidence, Fail, Node, Severity, rule
from auditor.views.pipeline import KINDS, jobs
from auditor.views.pipeline.model import Job, given
from auditor.views.pipeline.reading import entries, items
from auditor.views.pipeline.shell import commands
from auditor.views.shell.invocation import Invocation

_MIGRATIONS = (
    ("alembic", ("upgrade",)),
    ("python", ("manage.py", "migrate")),
    ("python3", ("manage.py", "migrate")),
    ("rails", ("db:migrate",)),
    ("rake", ("db:migrate",)),
    ("prisma", ("migrate", "deploy")),
    ("npx", ("prisma", "migrate", "deploy")),
    ("npx", ("sequelize-cli", "db:migrate")),
    ("npx", ("knex", "migrate:latest")),
    ("artisan", ("migrate",)),
    ("php", ("artisan", "migrate")),
    ("dotnet", ("ef", "database", "update")),
    ("diesel", ("migration", "run")),
    ("sqlx", ("migrate", "run")),
)
"""Tools that change a schema without a lock of their own that lets only one run at a time."""


@rule(
    target=KINDS,
    each=jobs,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    symptoms=[r"relation \S+ already exists", r"deadlock detected"],
)
def check(job: Job) -> Iterator[Fail]:
    if not _multiplied(job) or any(image.service for image in job.images) or _serial(job):
        return
    for step in job.steps:
        made = commands(step)
        for call in made.invocations if made else ():
            if made and _migrates(call) and not _own_database(job, step.variables):
                where = made.at(call.start, call.end)
                yield Fail(where, f"every leg of the matrix of {job.key} migrates the database", "a job of its own that runs once")


def _migrates(call: Invocation) -> bool:
    spoken = (*call.subcommand, *(word.text for word in call.operands))
    return any(call.tool == tool and spoken[: len(words)] == words for tool, words in _MIGRATIONS)


def _multiplied(job: Job) -> bool:
    if isinstance(job.matrix.value, list):
        return bool(items(job.matrix))
    legs = [items(values) for name, values in entries(job.matrix) if name != "exclude"]
    return any(len(values) > 1 for values in legs)


def _serial(job: Job) -> bool:
    if job.where.at("strategy.max-parallel").value == 1:
        return True
    return job.concurrency is not None and "matrix" not in str(job.concurrency.group.value)


def _own_database(job: Job, variables: Node) -> bool:
    """Whether each leg seems to have a database of its own: an address that depends on the matrix."""
    tables = [table for table in (variables, job.variables) if given(table)]
    texts = [str(value.value) for table in tables for _, value in entries(table)]
    environment = job.environment.value
    return any("matrix." in it for it in texts) or (isinstance(environment, str) and "matrix." in environment)
