"""The syntax of `dependabot.yml` (state: November 2026)."""

from __future__ import annotations

from auditor.views.github.syntax.shape import ANYTHING, Scalar, Shape, flag, mapping, section, text, texts

ECOSYSTEMS = (
    "bazel bun bundler cargo composer conda deno devcontainers docker docker-compose dotnet-sdk elm github-actions gitsubmodule gomod "
    "gradle helm hex julia maven mix nix npm nuget opentofu pip pre-commit pub rust-toolchain swift terraform uv vcpkg"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_SCHEDULE = section(
    "schedule",
    {
        "interval": text("interval", choice="daily weekly monthly quarterly semiannually yearly cron"),
        "day": text("day", choice=_DAYS),
        "time": Shape("time", Scalar("any")),
        "timezone": text("timezone"),
        "cronjob": text("cronjob"),
    },
    "interval",
)
_RULE = {
    "dependency-name": text("dependency-name"),
    "dependency-type": text("dependency-type"),
    "versions": ANYTHING,
    "update-types": texts("update-types"),
}
_RULES = Shape("allow", items=section("rule", _RULE))
_DAYS_OF = {name: Shape(name, Scalar("whole")) for name in ("default-days", "semver-major-days", "semver-minor-days", "semver-patch-days")}
_UPDATE = section(
    "update",
    {
        "package-ecosystem": text("package-ecosystem", choice=ECOSYSTEMS),
        "directory": text("directory"),
        "directories": texts("directories", item="directory"),
        "schedule": _SCHEDULE,
        "allow": _RULES,
        "ignore": Shape("ignore", items=_RULES.items),
        "assignees": texts("assignees", item="assignee"),
        "commit-message": section(
            "commit-message",
            {
                "prefix": text("prefix", blank=True),
                "prefix-development": text("prefix-development", blank=True),
                "include": text("include"),
            },
        ),
        "cooldown": section(
            "cooldown", {**_DAYS_OF, "include": texts("include", item="pattern"), "exclude": texts("exclude", item="pattern")}, blank=True
        ),
        "enable-beta-ecosystems": flag("enable-beta-ecosystems"),
        "exclude-paths": texts("exclude-paths", item="pattern"),
        "groups": mapping("groups", ANYTHING, cased=True),
        "insecure-external-code-execution": text("insecure-external-code-execution", choice="allow deny"),
        "labels": Shape("labels", items=text("label")),
        "milestone": Shape("milestone", Scalar("any")),
        "multi-ecosystem-group": text("multi-ecosystem-group"),
        "open-pull-requests-limit": Shape("open-pull-requests-limit", Scalar("whole")),
        "patterns": texts("patterns", item="pattern"),
        "pull-request-branch-name": section("pull-request-branch-name", {"separator": text("separator")}, "separator"),
        "rebase-strategy": text("rebase-strategy", choice="auto disabled"),
        "registries": Shape("registries", Scalar(), items=text("registry")),
        "reviewers": texts("reviewers", item="reviewer"),
        "target-branch": text("target-branch"),
        "vendor": flag("vendor"),
        "versioning-strategy": text("versioning-strategy", choice="auto increase increase-if-necessary lockfile-only widen"),
    },
    "package-ecosystem",
)

DEPENDABOT = section(
    "configuration",
    {
        "version": Shape("version", Scalar("whole")),
        "updates": Shape("updates", items=_UPDATE),
        "registries": mapping("registries", ANYTHING, blank=True, cased=True),
        "enable-beta-ecosystems": flag("enable-beta-ecosystems"),
        "multi-ecosystem-groups": mapping("multi-ecosystem-groups", ANYTHING, blank=True, cased=True),
    },
    "version updates",
)
