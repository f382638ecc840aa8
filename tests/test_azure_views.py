"""Traps for the rules of Azure: what looks like a fault and is none, what looks harmless and is one, and what cannot be known."""

from __future__ import annotations

import pytest

from auditor import testing
from auditor.engine import rulebook
from auditor.engine.runner import Results, run
from auditor.model.node import Node
from auditor.model.rule import Example
from auditor.model.span import NOWHERE
from auditor.model.value import UNMARKED, At, Value
from auditor.views.azure.security_rule import is_everybody
from auditor.views.azure.web_app import older

ROOT = rulebook.builtin_root()

RULE = """
resource "azurerm_network_security_rule" "x" {{
  priority          = 100
  direction         = "Inbound"
  access            = "Allow"
  protocol          = "Tcp"
  source_port_range = "*"
  {changes}
}}
variable "open" {{}}
"""
OPEN = 'source_address_prefix = "*"'


def judge(rule: str, text: str) -> Results:
    """The results of one rule on one file."""
    found = rulebook.load_file(ROOT, next((ROOT / "azure").glob(f"{rule}.*")))
    (graph,) = testing.read(Example("case", "hcl", (("main.tf", text),), 1, True, ())).graphs
    return run([found], graph)


def outcome(rule: str, text: str) -> str:
    """`fail`, `unsure` or `pass`."""
    results = judge(rule, text)
    assert not results.errors
    return "fail" if results.findings else "unsure" if results.unsure else "pass"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (f'{OPEN}\n destination_port_range = "22"', "fail"),
        (f'{OPEN}\n destination_port_range = "*"', "pass"),
        (f'{OPEN}\n destination_port_range = "1-1023"', "fail"),
        (f"{OPEN}\n destination_port_range = 22", "fail"),
        (f'{OPEN}\n destination_port_range = "20-22"', "fail"),
        (f'{OPEN}\n destination_port_range = "22-22"', "fail"),
        (f'{OPEN}\n destination_port_range = "23-80"', "pass"),
        (f'{OPEN}\n destination_port_range = "220-222"', "pass"),
        (f'{OPEN}\n destination_port_ranges = ["80", "10-30"]', "fail"),
        (f'{OPEN}\n destination_port_ranges = ["80", "443"]', "pass"),
        ('source_address_prefixes = ["10.0.0.0/8", "0.0.0.0/0"]\n destination_port_range = "22"', "fail"),
        ('source_address_prefixes = ["10.0.0.0/8", "192.168.0.0/16"]\n destination_port_range = "22"', "pass"),
        ('source_address_prefix = "::/0"\n destination_port_range = "22"', "fail"),
        ('source_address_prefix = "0.0.0.0/1"\n destination_port_range = "22"', "fail"),
        ('source_address_prefix = "internet"\n destination_port_range = "22"', "fail"),
        ('source_address_prefix = "VirtualNetwork"\n destination_port_range = "22"', "pass"),
        ('source_address_prefix = "203.0.113.0/24"\n destination_port_range = "22"', "pass"),
        (f"{OPEN}\n destination_port_range = var.open", "unsure"),
        ('source_address_prefix = var.open\n destination_port_range = "22"', "unsure"),
        ('source_address_prefix = "10.0.0.0/8"\n destination_port_range = var.open', "pass"),
        ('source_address_prefix = var.open\n destination_port_range = "443"', "pass"),
    ],
)
def test_ports_and_sources_of_a_security_rule(changes: str, expected: str) -> None:
    assert outcome("network/ssh_open_to_world", RULE.format(changes=changes)) == expected


@pytest.mark.parametrize(
    ("line", "instead", "expected"),
    [
        ('access            = "Allow"', 'access = "Deny"', "pass"),
        ('access            = "Allow"', 'access = "allow"', "fail"),
        ('direction         = "Inbound"', 'direction = "Outbound"', "pass"),
        ('direction         = "Inbound"', "direction = var.open", "unsure"),
        ('protocol          = "Tcp"', 'protocol = "Udp"', "pass"),
        ('protocol          = "Tcp"', 'protocol = "Icmp"', "pass"),
        ('protocol          = "Tcp"', 'protocol = "*"', "fail"),
        ('protocol          = "Tcp"', "protocol = var.open", "unsure"),
    ],
)
def test_what_a_security_rule_is_about(line: str, instead: str, expected: str) -> None:
    text = RULE.format(changes=f'{OPEN}\n destination_port_range = "22"').replace(line, instead)
    assert outcome("network/ssh_open_to_world", text) == expected


PORTS = {
    "all_ports": "network/all_ports_open_to_world",
    "ssh": "network/ssh_open_to_world",
    "rdp": "network/rdp_open_to_world",
    "http": "network/http_open_to_world",
    "udp": "network/udp_open_to_world",
    "internal": "network/sensitive_port_open_to_world",
    "other": "network/ingress_open_to_world",
}


@pytest.mark.parametrize(
    ("protocol", "ports", "expected"),
    [
        ("*", '"*"', "all_ports"),
        ("Tcp", '"0-65535"', "all_ports"),
        ("Udp", '"*"', "udp internal"),
        ("Udp", '"500"', "udp"),
        ("Tcp", '"20-25"', "ssh internal"),
        ("Tcp", '"3389"', "rdp"),
        ("Tcp", '"80"', "http"),
        ("Tcp", '"443"', "other"),
        ("Icmp", '"*"', "other"),
    ],
)
def test_each_opening_is_told_by_the_rule_that_knows_it(protocol: str, ports: str, expected: str) -> None:
    text = RULE.format(changes=f"{OPEN}\n destination_port_range = {ports}").replace('"Tcp"', f'"{protocol}"')
    assert {name for name, rule in PORTS.items() if outcome(rule, text) == "fail"} == set(expected.split())


def test_a_known_bad_rule_decides_beside_an_unknown_one() -> None:
    group = """
    variable "rules" {}
    resource "azurerm_network_security_group" "x" {
      security_rule {
        direction              = "Inbound"
        access                 = "Allow"
        protocol               = "Tcp"
        source_address_prefix  = "*"
        destination_port_range = "3389"
      }
      dynamic "security_rule" {
        for_each = var.rules
        content {
          direction              = security_rule.value
          access                 = "Allow"
          protocol               = "Tcp"
          source_address_prefix  = "*"
          destination_port_range = "3389"
        }
      }
    }
    """
    results = judge("network/rdp_open_to_world", group)
    assert [finding.attribute for finding in results.findings] == ["security_rule[0].source_address_prefix"]
    assert len(results.unsure) == 1


@pytest.mark.parametrize(
    ("address", "everybody"),
    [
        ("*", True),
        ("Any", True),
        ("0.0.0.0", True),
        ("::/0", True),
        ("AzureLoadBalancer", False),
        ("10.0.0.0/8", False),
        ("", False),
        (None, False),
    ],
)
def test_everybody(address: str | None, everybody: bool) -> None:
    assert is_everybody(address) is everybody


@pytest.mark.parametrize(
    ("version", "oldest", "expected"),
    [
        ("1.8", (11, 0), True),
        ("11", (11, 0), False),
        ("3.8.10", (3, 9), True),
        ("3.12", (3, 9), False),
        ("8", (8, 1), False),
        ("7", (8, 1), True),
        ("2.7", (3, 0), True),
        ("", (3, 0), False),
        ("latest", (3, 0), False),
    ],
)
def test_older(version: str, oldest: tuple[int, int], expected: bool) -> None:
    assert older(Node(Value(version, At(NOWHERE), UNMARKED)), oldest) is expected


ACCOUNT = """
variable "open" {{}}
resource "azurerm_storage_account" "x" {{
  name                     = "contosox"
  account_replication_type = "GRS"
  {inside}
}}
{beside}
"""


@pytest.mark.parametrize(
    ("inside", "beside", "expected"),
    [
        ("", "", "fail"),
        ('network_rules {\n default_action = "Deny"\n }', "", "pass"),
        ('network_rules {\n default_action = "Allow"\n }', "", "fail"),
        ("network_rules {\n default_action = var.open\n }", "", "unsure"),
        ("public_network_access_enabled = false", "", "pass"),
        ("public_network_access_enabled = var.open", "", "unsure"),
        (
            "",
            'resource "azurerm_storage_account_network_rules" "x" {\n storage_account_id = azurerm_storage_account.x.id\n default_action = "Deny"\n}',
            "pass",
        ),
        (
            "",
            'resource "azurerm_storage_account_network_rules" "x" {\n storage_account_name = "contosox"\n default_action = "Deny"\n}',
            "pass",
        ),
        (
            "",
            'resource "azurerm_storage_account_network_rules" "x" {\n storage_account_id = azurerm_storage_account.y.id\n default_action = "Deny"\n}',
            "fail",
        ),
        (
            "",
            'resource "azurerm_storage_account_network_rules" "x" {\n storage_account_id = var.open\n default_action = "Deny"\n}',
            "unsure",
        ),
    ],
)
def test_network_rules_inside_and_beside_of_an_account(inside: str, beside: str, expected: str) -> None:
    assert outcome("storage/account_open_to_all_networks", ACCOUNT.format(inside=inside, beside=beside)) == expected


def test_network_rules_beside_an_account_are_judged_where_they_stand() -> None:
    rules = 'resource "azurerm_storage_account_network_rules" "x" {\n storage_account_id = azurerm_storage_account.x.id\n default_action = "Allow"\n}'
    results = judge("storage/account_open_to_all_networks", ACCOUNT.format(inside="", beside=rules))
    assert {finding.resource for finding in results.findings} == {"azurerm_storage_account_network_rules.x"}


QUEUES = 'resource "azurerm_storage_queue" "x" {\n name = "x"\n storage_account_name = azurerm_storage_account.x.name\n}'
LOGGED = 'resource "azurerm_storage_account_queue_properties" "x" {{\n storage_account_id = azurerm_storage_account.x.id\n logging {{\n read = true\n write = {write}\n delete = true\n }}\n}}'


@pytest.mark.parametrize(
    ("rule", "inside", "beside", "expected"),
    [
        ("storage/queue_requests_not_logged", "", "", "pass"),
        ("storage/queue_requests_not_logged", "", QUEUES, "fail"),
        ("storage/queue_requests_not_logged", "", QUEUES + "\n" + LOGGED.format(write="true"), "pass"),
        ("storage/queue_requests_not_logged", "", QUEUES + "\n" + LOGGED.format(write="false"), "fail"),
        ("storage/account_queue_requests_not_logged", "", "", "fail"),
        ("storage/account_queue_requests_not_logged", 'account_kind = "BlobStorage"', "", "pass"),
        ("storage/account_queue_requests_not_logged", "account_kind = var.open", "", "unsure"),
        ("storage/account_queue_requests_not_logged", "", LOGGED.format(write="true"), "pass"),
    ],
)
def test_logs_of_queues(rule: str, inside: str, beside: str, expected: str) -> None:
    assert outcome(rule, ACCOUNT.format(inside=inside, beside=beside)) == expected


SERVER = """
variable "open" {{}}
resource "azurerm_mssql_server" "x" {{
  name = "x"
}}
resource "azurerm_mssql_server_extended_auditing_policy" "x" {{
  server_id = azurerm_mssql_server.x.id
  {days}
}}
"""


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        ("", "pass"),
        ("retention_in_days = 0", "pass"),
        ("retention_in_days = 90", "pass"),
        ("retention_in_days = 89", "fail"),
        ("retention_in_days = var.open", "unsure"),
    ],
)
def test_days_of_an_audit_log(days: str, expected: str) -> None:
    assert outcome("database/server_audit_kept_short", SERVER.format(days=days)) == expected
    assert outcome("database/audit_kept_short", SERVER.format(days=days)) == expected


FIREWALL = 'resource "azurerm_{kind}" "x" {{\n start_ip_address = "{start}"\n end_ip_address = "{end}"\n}}'


@pytest.mark.parametrize(
    ("start", "end", "world", "wide"),
    [
        ("0.0.0.0", "255.255.255.255", "fail", "pass"),
        ("0.0.0.0", "0.0.0.0", "pass", "fail"),
        ("10.0.17.62", "255.255.255.255", "pass", "fail"),
        ("10.0.0.0", "20.0.0.0", "pass", "pass"),
        ("10.0.0.0", "0.0.0.0", "pass", "pass"),
    ],
)
@pytest.mark.parametrize("kind", ["mssql_firewall_rule", "postgresql_flexible_server_firewall_rule", "mysql_firewall_rule"])
def test_ranges_of_a_database_firewall(kind: str, start: str, end: str, world: str, wide: str) -> None:
    text = FIREWALL.format(kind=kind, start=start, end=end)
    assert outcome("database/firewall_open_to_world", text) == world
    assert outcome("database/firewall_wide_open", text) == wide


PUBLIC = 'variable "open" {{}}\nresource "azurerm_{kind}" "x" {{\n {body}\n}}'


@pytest.mark.parametrize(
    ("kind", "body", "expected"),
    [
        ("mssql_server", "", "fail"),
        ("mssql_server", "public_network_access_enabled = false", "pass"),
        ("mssql_server", 'public_network_access_enabled = "false"', "pass"),
        ("mssql_server", "public_network_access_enabled = var.open", "unsure"),
        ("mysql_flexible_server", 'delegated_subnet_id = "/subnets/data"', "pass"),
        ("mysql_flexible_server", 'delegated_subnet_id = ""', "fail"),
        ("mysql_flexible_server", 'delegated_subnet_id = "/subnets/data"\n public_network_access_enabled = true', "fail"),
        ("mysql_flexible_server", 'public_network_access = "Disabled"', "pass"),
        ("mysql_flexible_server", 'public_network_access = "Enabled"', "fail"),
    ],
)
def test_public_database_servers(kind: str, body: str, expected: str) -> None:
    assert outcome("database/server_public", PUBLIC.format(kind=kind, body=body)) == expected


ROLE = """
data "azurerm_subscription" "here" {{}}
resource "azurerm_role_definition" "x" {{
  name = "x"
  permissions {{
    actions     = [{actions}]
    not_actions = [{denied}]
  }}
  assignable_scopes = [{scopes}]
}}
"""


@pytest.mark.parametrize(
    ("actions", "denied", "expected"),
    [
        ('"*"', "", "fail"),
        ('"Microsoft.Authorization/*"', "", "fail"),
        ('"microsoft.authorization/roledefinitions/WRITE"', "", "fail"),
        ('"*/write"', "", "fail"),
        ('"Microsoft.Authorization/*/read"', "", "pass"),
        ('"Microsoft.Authorization/roleAssignments/write"', "", "pass"),
        ('"*"', '"Microsoft.Authorization/*/Write"', "pass"),
        ('"*"', '"Microsoft.Storage/*"', "fail"),
    ],
)
def test_roles_that_write_roles(actions: str, denied: str, expected: str) -> None:
    text = ROLE.format(actions=actions, denied=denied, scopes='"/subscriptions/0"')
    assert outcome("authorization/role_creates_roles", text) == expected


@pytest.mark.parametrize(
    ("actions", "scopes", "expected"),
    [
        ('"*"', '"/subscriptions/00000000-0000-0000-0000-000000000000"', "fail"),
        ('"*"', "data.azurerm_subscription.here.id", "fail"),
        ('"*"', '"/"', "fail"),
        ('"*"', '"/subscriptions/0/resourceGroups/shop"', "pass"),
        ('"Microsoft.Web/*"', '"/subscriptions/0"', "pass"),
    ],
)
def test_owners_by_another_name(actions: str, scopes: str, expected: str) -> None:
    assert outcome("authorization/custom_owner_of_subscription", ROLE.format(actions=actions, denied="", scopes=scopes)) == expected


def test_the_scope_of_a_role_is_where_it_may_be_assigned() -> None:
    text = ROLE.format(actions='"*"', denied="", scopes="").replace('name = "x"', 'scope = "/subscriptions/0"')
    assert outcome("authorization/custom_owner_of_subscription", text) == "fail"


CONFIGURATION = """
variable "open" {{}}
resource "azurerm_postgresql_server" "x" {{
  name = "x"
}}
resource "azurerm_postgresql_configuration" "x" {{
  server_name = azurerm_postgresql_server.x.name
  name        = {name}
  value       = {value}
}}
"""


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ('"log_connections"', '"on"', "pass"),
        ('"log_connections"', '"ON"', "pass"),
        ('"log_connections"', '"off"', "fail"),
        ('"log_checkpoints"', '"on"', "fail"),
        ('"log_connections"', "var.open", "unsure"),
        ("var.open", '"off"', "fail"),
    ],
)
def test_parameters_of_a_postgresql_server(name: str, value: str, expected: str) -> None:
    assert outcome("database/postgres_connections_log_not_written", CONFIGURATION.format(name=name, value=value)) == expected


TABLE = 'variable "open" {{}}\nresource "azurerm_storage_table" "x" {{\n storage_account_name = {account}\n}}'


@pytest.mark.parametrize(
    ("account", "expected"),
    [("azurerm_storage_account.x.name", "fail"), ('"elsewhere"', "pass"), ("var.open", "unsure")],
)
def test_tables_of_accounts_that_are_not_here(account: str, expected: str) -> None:
    text = ACCOUNT.format(inside="", beside="").replace('variable "open" {}', "") + TABLE.format(account=account)
    assert outcome("storage/table_requests_not_collected", text) == expected


CREDENTIAL = (
    'variable "org" {{}}\nresource "azuread_application_federated_identity_credential" "x" {{\n issuer = "{issuer}"\n {subject}\n}}'
)
GITHUB = "https://token.actions.githubusercontent.com"


@pytest.mark.parametrize(
    ("issuer", "subject", "expected"),
    [
        (GITHUB, 'subject = "repo:contoso/shop:environment:production"', "pass"),
        (GITHUB, 'subject = "repo:contoso/shop:*"', "pass"),
        (GITHUB, 'subject = "repo:contoso/*"', "fail"),
        (GITHUB, 'subject = "repo:*"', "fail"),
        (GITHUB, 'subject = "*"', "fail"),
        (GITHUB + "/", 'subject = "*"', "fail"),
        (GITHUB, "", "fail"),
        (GITHUB, "subject = var.org", "unsure"),
        ("https://oidc.example", 'subject = "*"', "pass"),
    ],
)
def test_subjects_of_github(issuer: str, subject: str, expected: str) -> None:
    assert outcome("authorization/github_subject_open", CREDENTIAL.format(issuer=issuer, subject=subject)) == expected


def test_a_secret_in_a_start_script_is_found_and_not_shown() -> None:
    text = """
    resource "azurerm_linux_virtual_machine" "x" {
      custom_data = base64encode("#!/bin/sh\\nexport DB_PASSWORD=Tr0ub4dor99\\n")
    }
    """
    (finding,) = judge("compute/secret_in_custom_data", text).findings
    assert "line 2" in finding.message
    assert "Tr0ub4dor99" not in repr(finding)


def test_a_password_in_code_is_found_and_not_shown() -> None:
    text = 'resource "azurerm_synapse_workspace" "x" {\n sql_administrator_login_password = "Tr0ub4dor99!"\n}'
    (finding,) = judge("synapse/password_in_code", text).findings
    assert "Tr0ub4dor99!" not in repr(finding)
