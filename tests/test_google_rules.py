"""Traps for the rules of Google Cloud: what looks like a fault and is none, what looks harmless and is one, and what cannot be known."""

from __future__ import annotations

import json

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.runner import run
from auditor.model.rule import Example

ROOT = rulebook.builtin_root()


def outcome(rule: str, text: str, file: str = "main.tf") -> str:
    """`fail`, `unsure` or `pass`, as one rule judges one file."""
    found = rulebook.load_file(ROOT, next((ROOT / "google").glob(f"{rule}.*")))
    scene = testing.read(Example("case", "hcl", ((file, text),), 1, True, ()))
    (graph,) = scene.graphs
    results = run([found], graph)
    assert not results.errors
    return "fail" if results.findings else "unsure" if results.unsure else "pass"


FIREWALL = """
variable "open" {{}}
resource "google_compute_firewall" "x" {{
  network = "main"
  {rule}
}}
"""
EVERYWHERE = 'source_ranges = ["0.0.0.0/0"]'
SSH = 'allow {\n protocol = "tcp"\n ports = ["22"]\n }'


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (f"{EVERYWHERE}\n {SSH}", "fail"),
        (f'source_ranges = ["::/0"]\n {SSH}', "fail"),
        (f'source_ranges = ["0.0.0.0/1", "128.0.0.0/1"]\n {SSH}', "fail"),
        (f'source_ranges = ["10.0.0.0/8"]\n {SSH}', "pass"),
        (f'direction = "EGRESS"\n destination_ranges = ["0.0.0.0/0"]\n {SSH}', "pass"),
        (f"{EVERYWHERE}\n disabled = true\n {SSH}", "pass"),
        (f'{EVERYWHERE}\n disabled = "true"\n {SSH}', "pass"),
        (f'{EVERYWHERE}\n deny {{\n protocol = "all"\n }}', "pass"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "all"\n }}', "pass"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "TCP"\n ports = [22]\n }}', "fail"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "6"\n ports = ["1-1024"]\n }}', "fail"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "udp"\n ports = ["22"]\n }}', "pass"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "tcp"\n ports = ["220-222", "2"]\n }}', "pass"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "tcp"\n }}', "pass"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "icmp"\n }}\n {SSH}', "fail"),
        (f"source_ranges = [var.open]\n {SSH}", "unsure"),
        (f'source_ranges = [var.open, "0.0.0.0/0"]\n {SSH}', "fail"),
        (f"{EVERYWHERE}\n disabled = var.open\n {SSH}", "unsure"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "tcp"\n ports = [var.open]\n }}', "unsure"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "tcp"\n ports = [var.open, "22"]\n }}', "fail"),
        (f'source_ranges = ["10.0.0.0/8"]\n disabled = var.open\n {SSH}', "pass"),
        (f'source_tags = ["web"]\n {SSH}', "pass"),
    ],
)
def test_ssh_open(rule: str, expected: str) -> None:
    assert outcome("firewall/ssh_open", FIREWALL.format(rule=f'target_tags = ["web"]\n {rule}')) == expected


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (f"{EVERYWHERE}\n {SSH}", "fail"),
        (f'{EVERYWHERE}\n target_tags = ["bastion"]\n {SSH}', "pass"),
        (f'{EVERYWHERE}\n target_service_accounts = ["a@b.iam.gserviceaccount.com"]\n {SSH}', "pass"),
        (f"{EVERYWHERE}\n target_tags = []\n {SSH}", "fail"),
        (f"{EVERYWHERE}\n target_tags = var.open\n {SSH}", "unsure"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "all"\n }}', "pass"),
    ],
)
def test_ssh_open_on_every_machine(rule: str, expected: str) -> None:
    assert outcome("firewall/ssh_open_on_every_machine", FIREWALL.format(rule=rule)) == expected


OPEN_RULES = ("ssh_open", "ssh_open_on_every_machine", "all_ports_open", "all_ports_open_on_every_machine")


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (f"{EVERYWHERE}\n {SSH}", "ssh_open_on_every_machine"),
        (f'{EVERYWHERE}\n target_tags = ["web"]\n {SSH}', "ssh_open"),
        (f"{EVERYWHERE}\n target_tags = var.open\n {SSH}", "ssh_open"),
        (f'{EVERYWHERE}\n allow {{\n protocol = "all"\n }}', "all_ports_open_on_every_machine"),
        (f'{EVERYWHERE}\n target_tags = ["web"]\n allow {{\n protocol = "all"\n }}', "all_ports_open"),
        (f'{EVERYWHERE}\n target_tags = var.open\n allow {{\n protocol = "tcp"\n ports = ["1-65535"]\n }}', "all_ports_open"),
    ],
)
def test_one_fault_is_one_finding(rule: str, found: str) -> None:
    text = FIREWALL.format(rule=rule)
    assert [name for name in OPEN_RULES if outcome(f"firewall/{name}", text) == "fail"] == [found]


@pytest.mark.parametrize(
    ("ports", "expected"),
    [('["0-65535"]', "fail"), ('["1-65535"]', "fail"), ('["1024-65535"]', "pass"), ('["80", "0-65535"]', "fail"), ("null", "fail")],
)
def test_all_ports_open(ports: str, expected: str) -> None:
    rule = f'{EVERYWHERE}\n allow {{\n protocol = "tcp"\n ports = {ports}\n }}'
    assert outcome("firewall/all_ports_open_on_every_machine", FIREWALL.format(rule=rule)) == expected


POLICY_RULE = """
resource "google_compute_network_firewall_policy_rule" "x" {{
  firewall_policy = "main"
  priority        = 100
  direction       = "{direction}"
  action          = "{action}"
  disabled        = {disabled}
  match {{
    {match}
    layer4_configs {{
      ip_protocol = "tcp"
      ports       = ["22"]
    }}
  }}
}}
"""


@pytest.mark.parametrize(
    ("direction", "action", "disabled", "match", "expected"),
    [
        ("INGRESS", "allow", "false", 'src_ip_ranges = ["0.0.0.0/0"]', "fail"),
        ("INGRESS", "deny", "false", 'src_ip_ranges = ["0.0.0.0/0"]', "pass"),
        ("INGRESS", "goto_next", "false", 'src_ip_ranges = ["0.0.0.0/0"]', "pass"),
        ("INGRESS", "allow", "true", 'src_ip_ranges = ["0.0.0.0/0"]', "pass"),
        ("EGRESS", "allow", "false", 'dest_ip_ranges = ["0.0.0.0/0"]', "pass"),
        ("INGRESS", "allow", "false", 'src_ip_ranges = ["10.0.0.0/8"]', "pass"),
    ],
)
def test_firewall_policies(direction: str, action: str, disabled: str, match: str, expected: str) -> None:
    text = POLICY_RULE.format(direction=direction, action=action, disabled=disabled, match=match)
    assert outcome("firewall/ssh_open_on_every_machine", text) == expected


@pytest.mark.parametrize(("name", "expected"), [("gke-main-pool-1", "pass"), ("web", "fail"), ("my-gke-tools", "fail")])
def test_nodes_of_kubernetes_are_judged_by_their_pool(name: str, expected: str) -> None:
    text = f'resource "google_compute_instance" "x" {{\n name = "{name}"\n service_account {{\n scopes = ["cloud-platform"]\n }}\n}}\n'
    assert outcome("compute/instance_default_account", text) == expected
    assert outcome("compute/instance_default_account_with_all_apis", text) == expected


MEMBER = """
variable "open" {{}}
resource "google_service_account" "app" {{
  account_id = "app"
}}
data "google_compute_default_service_account" "default" {{
}}
resource "google_project_iam_member" "x" {{
  project = "acme"
  role    = "{role}"
  member  = {member}
}}
"""


@pytest.mark.parametrize(
    ("rule", "role", "member", "expected"),
    [
        ("project_default_account_granted", "roles/viewer", '"serviceAccount:1-compute@developer.gserviceaccount.com"', "fail"),
        ("project_default_account_granted", "roles/viewer", '"serviceAccount:acme@appspot.gserviceaccount.com"', "fail"),
        ("project_default_account_granted", "roles/viewer", '"serviceAccount:appspot@acme.iam.gserviceaccount.com"', "pass"),
        ("project_default_account_granted", "roles/viewer", '"serviceAccount:${google_service_account.app.email}"', "pass"),
        ("project_default_account_granted", "roles/viewer", "google_service_account.app.member", "pass"),
        ("project_default_account_granted", "roles/viewer", "data.google_compute_default_service_account.default.member", "fail"),
        ("project_default_account_granted", "roles/viewer", "var.open", "unsure"),
        ("service_account_is_administrator", "roles/owner", '"serviceAccount:${google_service_account.app.email}"', "fail"),
        ("service_account_is_administrator", "roles/storage.admin", '"serviceAccount:a@acme.iam.gserviceaccount.com"', "fail"),
        ("service_account_is_administrator", "roles/iam.securityAdmin", '"serviceAccount:a@acme.iam.gserviceaccount.com"', "fail"),
        ("service_account_is_administrator", "roles/owner", '"group:admins@example.com"', "pass"),
        ("service_account_is_administrator", "roles/editorial", '"serviceAccount:a@acme.iam.gserviceaccount.com"', "pass"),
        ("service_account_is_administrator", "roles/viewer", "var.open", "pass"),
        ("service_account_is_administrator", "roles/owner", "var.open", "unsure"),
        ("granted_to_single_user", "roles/viewer", '"user:jane@example.com"', "fail"),
        ("granted_to_single_user", "roles/viewer", '"group:users@example.com"', "pass"),
        ("granted_to_private_mailbox", "roles/viewer", '"user:jane@GMail.com"', "fail"),
        ("granted_to_private_mailbox", "roles/viewer", '"user:jane@gmail.com.example.com"', "pass"),
        ("granted_to_private_mailbox", "roles/viewer", '"group:people@gmail.com"', "pass"),
    ],
)
def test_grants(rule: str, role: str, member: str, expected: str) -> None:
    assert outcome(f"iam/{rule}", MEMBER.format(role=role, member=member)) == expected


SQL = """
variable "open" {{}}
resource "google_sql_database_instance" "x" {{
  database_version = {version}
  settings {{
    {settings}
  }}
}}
"""


def flag(name: str, value: str) -> str:
    return f"database_flags {{\n name = {name}\n value = {value}\n }}"


@pytest.mark.parametrize(
    ("rule", "version", "settings", "expected"),
    [
        ("postgres_connections_unlogged", '"POSTGRES_16"', "", "fail"),
        ("postgres_connections_unlogged", '"MYSQL_8_0"', "", "pass"),
        ("postgres_connections_unlogged", "var.open", "", "unsure"),
        ("postgres_connections_unlogged", '"POSTGRES_16"', flag('"log_connections"', '"On"'), "pass"),
        ("postgres_connections_unlogged", '"POSTGRES_16"', flag('"log_connections"', "var.open"), "unsure"),
        ("postgres_connections_unlogged", '"POSTGRES_16"', flag("var.open", '"on"'), "unsure"),
        ("postgres_connections_unlogged", '"POSTGRES_16"', "database_flags = [var.open]", "unsure"),
        ("postgres_checkpoints_unlogged", '"POSTGRES_14"', "", "fail"),
        ("postgres_checkpoints_unlogged", '"POSTGRES_15"', "", "pass"),
        ("postgres_checkpoints_unlogged", '"POSTGRES_15"', flag('"log_checkpoints"', '"off"'), "fail"),
        ("postgres_checkpoints_unlogged", '"POSTGRES_9_6"', "", "fail"),
        ("mysql_local_files_readable", '"MYSQL_8_0_31"', flag('"local_infile"', '"on"'), "fail"),
        ("mysql_local_files_readable", '"POSTGRES_16"', flag('"local_infile"', '"on"'), "pass"),
        ("instance_version_old", '"MYSQL_5_7"', "", "fail"),
        ("instance_version_old", '"MYSQL_8_4"', "", "pass"),
        ("instance_version_old", '"POSTGRES_9_6"', "", "fail"),
        ("instance_version_old", '"SQLSERVER_2017_EXPRESS"', "", "fail"),
        ("instance_version_old", '"SQLSERVER_2022_WEB"', "", "pass"),
        ("instance_unencrypted_connections", '"POSTGRES_16"', "", "fail"),
        (
            "instance_unencrypted_connections",
            '"POSTGRES_16"',
            'ip_configuration {\n ssl_mode = "ENCRYPTED_ONLY"\n require_ssl = false\n }',
            "pass",
        ),
        ("instance_unencrypted_connections", '"POSTGRES_16"', "ip_configuration {\n ssl_mode = var.open\n }", "unsure"),
        ("instance_client_certificate_not_required", '"POSTGRES_16"', "ip_configuration {\n require_ssl = true\n }", "pass"),
        (
            "instance_client_certificate_not_required",
            '"SQLSERVER_2022_WEB"',
            'ip_configuration {\n ssl_mode = "ENCRYPTED_ONLY"\n }',
            "pass",
        ),
        (
            "instance_open_to_world",
            '"POSTGRES_16"',
            'ip_configuration {\n authorized_networks {\n value = var.open\n }\n authorized_networks {\n value = "0.0.0.0/0"\n }\n }',
            "fail",
        ),
    ],
)
def test_sql(rule: str, version: str, settings: str, expected: str) -> None:
    assert outcome(f"sql/{rule}", SQL.format(version=version, settings=settings)) == expected


POOL = """
resource "google_iam_workload_identity_pool_provider" "x" {{
  workload_identity_pool_id          = "ci"
  workload_identity_pool_provider_id = "github"
  attribute_condition                = {condition}
  oidc {{
    issuer_uri = "{issuer}"
  }}
}}
"""
GITHUB = "https://token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ("\"assertion.repository_owner == 'acme'\"", "pass"),
        ("\"'acme/shop' == assertion.repository\"", "pass"),
        ("\"attribute.repository in ['acme/shop', 'acme/web']\"", "pass"),
        ("\"assertion.sub.startsWith('repo:acme/')\"", "pass"),
        ("\"assertion.repository.matches('^acme/.*$')\"", "pass"),
        ("\"assertion.sub.startsWith('repo:')\"", "fail"),
        ("\"assertion.sub == 'repo:*'\"", "fail"),
        ("\"assertion.actor == 'jane'\"", "fail"),
        ("\"assertion.workflow == 'deploy' && assertion.ref == 'refs/heads/main'\"", "fail"),
        ("\"assertion.repository.matches('.*')\"", "fail"),
        ('""', "fail"),
        ("null", "fail"),
    ],
)
def test_github_trust(condition: str, expected: str) -> None:
    assert outcome("iam/github_trust_too_wide", POOL.format(condition=condition, issuer=GITHUB)) == expected


def test_github_trust_is_about_github() -> None:
    assert outcome("iam/github_trust_too_wide", POOL.format(condition="null", issuer="https://gitlab.com")) == "pass"


CLUSTER = """
variable "open" {{}}
resource "google_container_cluster" "x" {{
  name = "x"
  {body}
}}
"""


@pytest.mark.parametrize(
    ("rule", "body", "expected"),
    [
        ("nodes_secure_boot_off", "", "fail"),
        ("nodes_secure_boot_off", "remove_default_node_pool = true", "pass"),
        ("nodes_secure_boot_off", "remove_default_node_pool = var.open", "unsure"),
        ("nodes_secure_boot_off", "enable_autopilot = true", "pass"),
        (
            "nodes_secure_boot_off",
            "remove_default_node_pool = var.open\n node_config {\n shielded_instance_config {\n enable_secure_boot = true\n }\n }",
            "pass",
        ),
        ("nodes_boot_integrity_unwatched", "remove_default_node_pool = var.open", "pass"),
        ("node_metadata_not_stated", 'node_pool {\n name = "p"\n }', "pass"),
        ("cluster_network_policy_off", "datapath_provider = var.open", "unsure"),
        ("cluster_network_policy_off", "datapath_provider = var.open\n network_policy {\n enabled = true\n }", "pass"),
        ("cluster_network_policy_off", 'datapath_provider = "LEGACY_DATAPATH"', "fail"),
        ("cluster_logging_off", "", "pass"),
        ("cluster_logging_off", "logging_config {\n enable_components = []\n }", "fail"),
        ("cluster_logging_off", "logging_config {\n enable_components = var.open\n }", "pass"),
        ("cluster_password_login", 'master_auth {\n username = ""\n password = ""\n }', "pass"),
        ("cluster_password_login", 'master_auth {\n username = "admin"\n password = var.open\n }', "fail"),
        ("cluster_routes_based", 'networking_mode = "VPC_NATIVE"', "pass"),
        ("images_not_verified", "enable_binary_authorization = true", "pass"),
        ("nodes_default_account", "node_config {\n service_account = var.open\n }", "unsure"),
        ("nodes_default_account", 'node_config {\n service_account = "default"\n }', "fail"),
        ("nodes_public", "private_cluster_config {\n enable_private_nodes = var.open\n }", "unsure"),
    ],
)
def test_clusters(rule: str, body: str, expected: str) -> None:
    assert outcome(f"gke/{rule}", CLUSTER.format(body=body)) == expected


KEY = """
resource "google_kms_crypto_key" "x" {{
  name     = "x"
  key_ring = "r"
  {body}
}}
"""


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "fail"),
        ('rotation_period = "7776000s"', "pass"),
        ('rotation_period = "7776000.000000000s"', "pass"),
        ('rotation_period = "7776001s"', "fail"),
        ('rotation_period = "90d"', "fail"),
        ("rotation_period = 90", "fail"),
        ('purpose = "MAC"', "pass"),
        ('purpose = "ENCRYPT_DECRYPT"', "fail"),
    ],
)
def test_key_rotation(body: str, expected: str) -> None:
    assert outcome("kms/key_not_rotated", KEY.format(body=body)) == expected


def planned(kind: str, values: dict[str, object]) -> str:
    """A plan that creates one resource, as `terraform show -json` prints it."""
    address = f"{kind}.x"
    provider = "registry.terraform.io/hashicorp/google"
    resource = {"address": address, "mode": "managed", "type": kind, "name": "x", "provider_name": provider, "values": values}
    change = {"actions": ["create"], "before": None, "after": values, "after_unknown": {}}
    return json.dumps(
        {
            "format_version": "1.2",
            "terraform_version": "1.9.0",
            "planned_values": {"root_module": {"resources": [resource]}},
            "resource_changes": [{**{k: v for k, v in resource.items() if k != "values"}, "change": change}],
            "configuration": {"root_module": {}},
        }
    )


def recorded(kind: str, values: dict[str, object]) -> str:
    """A state that holds one resource."""
    provider = 'provider["registry.terraform.io/hashicorp/google"]'
    instance = {"schema_version": 0, "attributes": values}
    resource = {"mode": "managed", "type": kind, "name": "x", "provider": provider, "instances": [instance]}
    return json.dumps({"version": 4, "terraform_version": "1.9.0", "serial": 1, "lineage": "x", "outputs": {}, "resources": [resource]})


SAME_EVERYWHERE = [
    ("storage/bucket_access_per_object", "google_storage_bucket", {"name": "b", "uniform_bucket_level_access": False}, "fail"),
    ("storage/bucket_access_per_object", "google_storage_bucket", {"name": "b", "uniform_bucket_level_access": True}, "pass"),
    ("storage/bucket_unlogged", "google_storage_bucket", {"name": "b", "logging": []}, "fail"),
    ("storage/bucket_versions_not_kept", "google_storage_bucket", {"versioning": [{"enabled": True}], "retention_policy": []}, "pass"),
    (
        "firewall/ssh_open_on_every_machine",
        "google_compute_firewall",
        {
            "direction": "INGRESS",
            "disabled": False,
            "source_ranges": ["0.0.0.0/0"],
            "allow": [{"protocol": "tcp", "ports": ["22"]}],
            "deny": [],
        },
        "fail",
    ),
    ("compute/instance_public_address", "google_compute_instance", {"network_interface": [{"access_config": [{}]}]}, "fail"),
    (
        "compute/instance_public_address",
        "google_compute_instance",
        {"network_interface": [{"access_config": [], "ipv6_access_config": []}]},
        "pass",
    ),
    (
        "sql/postgres_connections_unlogged",
        "google_sql_database_instance",
        {"database_version": "POSTGRES_16", "settings": [{"database_flags": [{"name": "log_connections", "value": "on"}]}]},
        "pass",
    ),
    (
        "sql/instance_unencrypted_connections",
        "google_sql_database_instance",
        {
            "database_version": "POSTGRES_16",
            "settings": [{"ip_configuration": [{"ssl_mode": "ALLOW_UNENCRYPTED_AND_ENCRYPTED", "require_ssl": None}]}],
        },
        "fail",
    ),
    ("gke/control_plane_networks_not_limited", "google_container_cluster", {"master_authorized_networks_config": []}, "fail"),
    ("kms/key_not_rotated", "google_kms_crypto_key", {"purpose": "ENCRYPT_DECRYPT", "rotation_period": ""}, "fail"),
    ("compute/instance_serial_port_open", "google_compute_instance", {"metadata": {"serial-port-enable": "TRUE"}}, "fail"),
    ("compute/instance_takes_project_ssh_keys", "google_compute_instance", {"metadata": {"block-project-ssh-keys": "TRUE"}}, "pass"),
    ("pubsub/topic_own_key_missing", "google_pubsub_topic", {"name": "t", "kms_key_name": ""}, "fail"),
]


@pytest.mark.parametrize(("rule", "kind", "values", "expected"), SAME_EVERYWHERE)
def test_plan_and_state_read_alike(rule: str, kind: str, values: dict[str, object], expected: str) -> None:
    assert outcome(rule, planned(kind, values), "plan.json") == expected
    assert outcome(rule, recorded(kind, values), "terraform.tfstate") == expected


def test_a_template_decides_where_a_machine_is_silent() -> None:
    machine = 'resource "google_compute_instance_from_template" "x" {\n name = "x"\n source_instance_template = "t"\n %s\n}\n'
    rule = "compute/instance_takes_project_ssh_keys"
    assert outcome(rule, machine % "") == "pass"
    assert outcome(rule, machine % "metadata = {\n block-project-ssh-keys = false\n }") == "fail"


@pytest.mark.parametrize(
    ("destination", "locked", "expected"),
    [
        ('"storage.googleapis.com/${google_storage_bucket.x.name}"', "false", "fail"),
        ('"storage.googleapis.com/audit"', "false", "fail"),
        ('"storage.googleapis.com/other"', "false", "pass"),
        ('"storage.googleapis.com/audit"', "true", "pass"),
        ("var.open", "false", "unsure"),
        ('"bigquery.googleapis.com/projects/acme/datasets/audit"', "false", "pass"),
    ],
)
def test_buckets_of_log_sinks(destination: str, locked: str, expected: str) -> None:
    text = f"""
    variable "open" {{}}
    resource "google_storage_bucket" "x" {{
      name = "audit"
      retention_policy {{
        retention_period = 86400
        is_locked        = {locked}
      }}
    }}
    resource "google_logging_project_sink" "x" {{
      name        = "audit"
      destination = {destination}
    }}
    """
    assert outcome("logging/log_bucket_not_locked", text) == expected
