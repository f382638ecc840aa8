"""Which jobs run in which situation."""

from __future__ import annotations

from auditor.views.pipeline.model import Pipeline
from auditor.views.pipeline.runs import job_runs, may_run, situations, step_runs
from tests.test_pipeline_github import read


def workflow(on: str, jobs: str) -> Pipeline:
    (found,) = read({".github/workflows/w.yml": f"on: {on}\njobs:\n{jobs}"})
    return found


def table(pipeline: Pipeline) -> dict[str, dict[str, bool | None]]:
    return {situation.text: {job.key: job_runs(job, situation) for job in pipeline.jobs} for situation in situations(pipeline)}


def test_a_skipped_job_skips_what_comes_after_it() -> None:
    found = table(
        workflow(
            "{push: {branches: [main]}, pull_request: }",
            "  test: {if: github.event_name == 'pull_request'}\n"
            "  deploy: {needs: test}\n"
            "  report: {needs: [test, deploy], if: always()}\n"
            "  last: {needs: report}\n"
            "  careful: {needs: test, if: \"!cancelled() && needs.test.result != 'failure'\"}\n",
        )
    )
    assert found["a push to main"] == {"test": False, "deploy": False, "report": True, "last": False, "careful": True}
    assert set(found["a pull request"].values()) == {True}


def test_what_is_open_stays_open() -> None:
    found = table(workflow("push", "  a: {if: github.ref == 'refs/heads/main'}\n  b: {needs: a}\n  c: {if: vars.X}\n"))
    assert found["a push to a branch"] == {"a": None, "b": None, "c": None}
    assert found["a push of a tag"] == {"a": None, "b": None, "c": None}


def test_names_that_are_written_out_decide() -> None:
    found = table(
        workflow("{push: {branches: [main, release]}}", "  a: {if: github.ref == 'refs/heads/main'}\n  b: {if: github.ref_name == 'x'}\n")
    )
    assert found == {"a push to main": {"a": True, "b": False}, "a push to release": {"a": False, "b": False}}


def test_secrets_do_not_go_to_forks() -> None:
    pipeline = workflow("pull_request", "  a: {steps: [{run: x}]}\n")
    own, fork = situations(pipeline)
    assert (own.secrets, own.stranger, fork.secrets, fork.stranger) == (True, False, False, True)


def test_inputs_of_other_events_are_null() -> None:
    found = table(workflow("{push: {tags: [v1]}, workflow_dispatch: {inputs: {x: }}}", "  a: {if: inputs.x}\n  b: {if: inputs.y}\n"))
    assert found["a push of the tag v1"] == {"a": False, "b": False}
    assert found["a start by hand"] == {"a": None, "b": False}


def test_steps_see_the_environment_of_their_job() -> None:
    pipeline = workflow(
        "{push: {branches: [main]}}",
        "  a:\n    env: {MODE: fast}\n    steps: [{if: env.MODE == 'fast', run: x}, {if: env.MODE == 'slow', run: x}, {run: x}]\n",
    )
    (situation,) = situations(pipeline)
    assert [step_runs(step, situation) for step in pipeline.steps] == [True, False, True]
    assert may_run(pipeline.jobs[0]) == (situation,)


def test_jobs_in_a_circle_are_open() -> None:
    found = table(workflow("{push: {branches: [main]}}", "  a: {needs: b}\n  b: {needs: a}\n"))
    assert found["a push to main"]["b"] is None
