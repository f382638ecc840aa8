"""What every use case starts from: the tree, its configuration and the units to load."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from auditor.app import config as configuration
from auditor.app import environment
from auditor.app.tree import Tree, open_tree, rebase
from auditor.loaders import Render, Rendering, Settings, Unit, loaders
from auditor.loaders.files import Files
from auditor.model.config import Config
from auditor.model.error import ConfigError


@dataclass(frozen=True, slots=True)
class Request:
    """What the user named, and what he said about it; everything has a default. `stdin` is the text for the path `-`."""

    paths: tuple[str, ...] = ()
    stdin: str | None = None
    config: str | None = None
    exclude: tuple[str, ...] = ()
    var_files: tuple[str, ...] = ()
    variables: Mapping[str, str] = field(default_factory=dict)
    workspace: str | None = None
    values: tuple[str, ...] = ()
    kubernetes_version: str | None = None


@dataclass(frozen=True)
class Inputs:
    """A tree that is ready to be read. `folder` is what paths of the configuration are relative to."""

    tree: Tree
    config: Config
    folder: Path
    settings: Settings

    def units(self) -> tuple[Unit, ...]:
        """Everything that can be loaded on its own, by format and name."""
        files = self.tree.files
        return (*(unit for loader in loaders() for unit in loader.units(files, self.settings)), *_replies(files))


def open_inputs(request: Request) -> Inputs:
    """Find the files and their configuration. Raises `InputError` and `ConfigError`."""
    tree = open_tree(request.paths, request.stdin)
    file = Path(request.config).absolute() if request.config else configuration.find(tree)
    if request.config and file and not file.is_file():
        raise ConfigError(f"there is no file {request.config!r}")
    config = configuration.read(file, request.config or tree.relative(str(file))) if file else Config()
    folder = file.parent if file else tree.folder
    tree = tree.without((*rebase(config.exclude, folder, tree.folder), *request.exclude)).reading((*request.var_files, *request.values))
    return Inputs(tree, config, folder, _settings(request, config, folder, tree))


def _replies(files: Files) -> list[Unit]:
    """Folders of replies of the cloud; what reads them is loaded only when a file looks like one."""
    if not any(path.endswith(".json") for path in files.paths):
        return []
    from auditor.app import replies

    return replies.units(files)


def _settings(request: Request, config: Config, folder: Path, tree: Tree) -> Settings:
    terraform = config.terraform
    variables = environment.terraform()
    files = (*(str(folder / path) for path in terraform.var_files), *request.var_files)
    for path in files:
        if not Path(path).is_file():
            raise ConfigError(f"there is no variable file {path!r}")
    values = (*(str(folder / path) for path in config.kubernetes.values), *request.values)
    for path in values:
        if not Path(path).is_file():
            raise ConfigError(f"there is no values file {path!r}")
    return Settings(
        var_files=tuple(tree.relative(path) for path in files),
        variables={**terraform.variables, **request.variables},
        workspace=request.workspace or terraform.workspace or variables.get("TF_WORKSPACE") or "default",
        environment=variables,
        values=tuple(tree.relative(path) for path in values),
        kubernetes_version=request.kubernetes_version or config.kubernetes.version,
        closed=config.kubernetes.closed,
        render_chart=_chart_renderer(tree.files),
        build_kustomization=_kustomization_builder(tree.files),
    )


def _chart_renderer(files: Files) -> Render | None:
    """What renders charts, asked for only when there is one."""
    if not any(path.rpartition("/")[2] == "Chart.yaml" for path in files.paths):
        return None
    from auditor.app.render import chart_renderer

    return chart_renderer()


def _kustomization_builder(files: Files) -> Callable[[str], Rendering] | None:
    """What builds kustomizations, asked for only when there is one on the disk."""
    if files.root is None or not any(path.rpartition("/")[2].lower().startswith("kustomization") for path in files.paths):
        return None
    from auditor.app.render import kustomization_builder

    return kustomization_builder(str(files.root))
