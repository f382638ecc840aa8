"""Which images a pipeline pushes, and which ones what it deploys runs."""

from __future__ import annotations

import pytest

from auditor.links import links
from auditor.loaders import Rendering, Settings
from auditor.loaders.files import Files
from auditor.loaders.pipelines import units
from auditor.model.graph import Graph
from auditor.views.pipeline import every
from auditor.views.pipeline.builds import pushes
from auditor.views.pipeline.ledger import by_commit, deployed, overrides

WORKFLOW = """\
on: push
env: {{IMAGE: acme/web}}
jobs:
  deploy:
    runs-on: ubuntu-24.04
    steps:
      - run: |
          docker push "$IMAGE:${{{{ github.sha }}}}"
          {deploy}
"""
TEMPLATE = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec: {template: {spec: {containers: [{name: web, image: "acme/web:1.4"}]}}}
"""


def read(deploy: str) -> Graph:
    files = {
        ".github/workflows/deploy.yml": WORKFLOW.format(deploy=deploy),
        "chart/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
        "chart/templates/web.yaml": TEMPLATE,
        "k8s/web.yaml": TEMPLATE,
    }
    settings = Settings(render_chart=lambda _files, _values, _release: Rendering({"web/templates/web.yaml": TEMPLATE}))
    (unit,) = units(Files.of(files), settings)
    loading = unit.load()
    return Graph(loading.resources, links(), loading.gaps, loading.context)


@pytest.mark.parametrize(("deploy", "file"), [("helm upgrade web ./chart --wait", "chart/"), ("kubectl apply -f k8s/web.yaml", "k8s/")])
def test_what_is_pushed_and_what_runs(deploy: str, file: str) -> None:
    graph = read(deploy)
    (found,) = every(graph)
    (pushed,) = pushes(found.jobs[0])
    assert (pushed.repository, by_commit(pushed.tag)) == ("acme/web", True)
    assert {(where.span.file.startswith(file), tag) for where, tag in deployed(graph, found.resource, "acme/web")} == {(True, "1.4")}
    assert not overrides(found)


@pytest.mark.parametrize(
    "deploy", ["helm upgrade web ./chart --set image.tag=1", "helm upgrade web ./chart -f prod.yaml", "./deploy.sh", "sed -i s/a/b/ x"]
)
def test_what_may_put_another_tag_in(deploy: str) -> None:
    (found,) = every(read(deploy))
    assert overrides(found)
