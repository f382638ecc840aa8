"""The contexts that are the same in every workflow (state: November 2026)."""

from __future__ import annotations

from auditor.views.github.typing.types import ANY, BOOL, NUMBER, STRING, Object, Type, strict

_GITHUB_TEXTS = """
    action action_path action_ref action_repository action_status actor actor_id api_url base_ref env
    event_name event_path graphql_url head_ref job job_workflow_sha output path ref ref_name ref_type repository repository_id
    repository_owner repository_owner_id repository_visibility repositoryurl run_attempt run_id run_number
    secret_source server_url sha state step_summary token triggering_actor workflow workflow_ref workflow_sha workspace
"""


_GITHUB_NUMBERS = {"retention_days": NUMBER, "artifact_cache_size_limit": NUMBER}


def github(event: Type) -> Object:
    """The context `github` with the payload of its event."""
    return Object({**dict.fromkeys(_GITHUB_TEXTS.split(), STRING), "ref_protected": BOOL, **_GITHUB_NUMBERS, "event": event})


EVENT = Object({}, ANY)
GITHUB = github(EVENT)
RUNNER = Object(dict.fromkeys(["name", "os", "arch", "temp", "tool_cache", "debug", "environment", "workspace"], STRING))
STRATEGY = Object({"fail-fast": BOOL, "job-index": NUMBER, "job-total": NUMBER, "max-parallel": NUMBER})
_SERVICE = strict(id=STRING, network=STRING, ports=Object({}, STRING))
JOB = strict(
    check_run_id=NUMBER,
    container=strict(id=STRING, network=STRING),
    services=Object({}, _SERVICE),
    status=STRING,
    workflow_file_path=STRING,
    workflow_ref=STRING,
    workflow_repository=STRING,
    workflow_sha=STRING,
)
GIVEN_SECRETS = dict.fromkeys(("github_token", "actions_runner_debug", "actions_step_debug"), STRING)


def step(outputs: Type) -> Object:
    """What `steps` holds of one step."""
    return strict(outputs=outputs, conclusion=STRING, outcome=STRING)


def job(outputs: Type) -> Object:
    """What `needs` and `jobs` hold of one job."""
    return strict(outputs=outputs, result=STRING)
