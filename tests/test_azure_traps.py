"""One line for each branch of a rule for Azure that its page does not show: what is written, and what the rule says of it."""

from __future__ import annotations

import pytest

from tests.test_azure_views import outcome

PROVIDER = 'terraform {{\n required_providers {{\n azurerm = {{\n source = "hashicorp/azurerm"\n version = "~> {version}"\n }}\n }}\n}}\n'
STORE = 'resource "azurerm_managed_disk" "d" {{\n {body}\n}}\nresource "azurerm_virtual_machine" "x" {{\n storage_data_disk {{\n managed_disk_id = azurerm_managed_disk.d.id\n }}\n}}'


def block(kind: str, body: str) -> str:
    """A file with one resource; `;` parts lines."""
    return f'resource "azurerm_{kind}" "x" {{\n' + body.replace("; ", "\n") + "\n}\n"


ONE = [
    ("aci/group_outside_network", "container_group", 'network_profile_id = "/profiles/x"', "pass"),
    ("aks/few_pods_per_node", "kubernetes_cluster_node_pool", "max_pods = 49", "fail"),
    ("aks/few_pods_per_node", "kubernetes_cluster_node_pool", "max_pods = 50", "pass"),
    ("aks/logs_not_collected", "kubernetes_cluster", "addon_profile {; oms_agent {; enabled = true; }; }", "pass"),
    ("app/php_outdated", "linux_web_app", 'site_config {; php_version = "7.3"; }', "fail"),
    ("app/php_outdated", "app_service", 'site_config {; php_version = "7.3"; }', "pass"),
    ("app/php_outdated", "app_service", 'site_config {; php_version = "7.4"; }', "fail"),
    ("app/python_outdated", "app_service", 'site_config {; python_version = "2.7"; }', "pass"),
    ("app/python_outdated", "app_service", 'site_config {; python_version = "3.8"; }', "fail"),
    ("app/python_outdated", "linux_web_app", 'site_config {; python_version = "2.7"; }', "fail"),
    ("app/secret_in_settings", "linux_web_app", 'app_settings = {; URL = "postgres://shop:Tr0ub4dor3@db/shop"; }', "fail"),
    ("app/secret_in_settings", "linux_web_app", 'app_settings = {; DB_PASSWORD = "changeme"; }', "pass"),
    ("app/secret_in_settings", "linux_web_app", 'app_settings = {; COLOUR = "Tr0ub4dor3"; }', "pass"),
    ("app/secret_in_settings", "linux_web_app", "app_settings = {; DB_PASSWORD = var.password; }", "pass"),
    ("batch/open_to_world", "batch_account", "network_profile {; account_access {}; }", "pass"),
    ("cdn/domain_tls_outdated", "cdn_endpoint_custom_domain", 'user_managed_https {; key_vault_secret_id = "x"; }', "pass"),
    ("compute/disk_without_own_key", "managed_disk", 'secure_vm_disk_encryption_set_id = "/sets/x"', "pass"),
    ("compute/secret_in_custom_data", "linux_virtual_machine", 'custom_data = "export K=AKIAQ3EGTT6XNDMSJAQW"', "fail"),
    ("cosmosdb/public", "cosmosdb_account", "", "pass"),
    ("cosmosdb/open_to_all_networks", "cosmosdb_account", "is_virtual_network_filter_enabled = true", "fail"),
    ("cosmosdb/open_to_all_networks", "cosmosdb_account", 'ip_range_filter = ""', "fail"),
    ("database/audit_kept_short", "mssql_server_extended_auditing_policy", "retention_in_days = 0", "pass"),
    ("database/server_public", "mysql_flexible_server", 'delegated_subnet_id = "/subnets/x"', "pass"),
    ("keyvault/public", "key_vault", 'network_acls {; default_action = "Allow"; ip_rules = ["203.0.113.7"]; }', "pass"),
    ("keyvault/public", "key_vault", 'network_acls {; default_action = "Allow"; virtual_network_subnet_ids = ["/s"]; }', "pass"),
    ("keyvault/public", "key_vault", 'network_acls {; default_action = "Allow"; ip_rules = []; }', "fail"),
    ("keyvault/network_rules_without_effect", "key_vault", 'network_acls {; default_action = "Allow"; virtual_network_subnet_ids = ["/s"]; }', "fail"),
    ("keyvault/network_rules_without_effect", "key_vault", "", "pass"),
    ("keyvault/secret_in_code", "key_vault_secret", 'value = "changeme"', "pass"),
    ("keyvault/secret_in_code", "key_vault_secret", 'value = "Tr0ub4dor3"; lifecycle {; ignore_changes = [value]; }', "pass"),
    ("kusto/disks_unencrypted", "kusto_cluster", "enable_disk_encryption = true", "pass"),
    ("kusto/encrypted_once", "kusto_cluster", "enable_double_encryption = true", "pass"),
    ("monitor/activity_log_kept_short", "monitor_log_profile", "retention_policy {; enabled = false; days = 7; }", "fail"),
    ("monitor/activity_log_kept_short", "monitor_log_profile", "retention_policy {; enabled = true; days = 0; }", "fail"),
    ("monitor/activity_log_kept_short", "monitor_log_profile", "", "fail"),
    ("network/firewall_only_alerts_on_threats", "firewall", 'firewall_policy_id = "/policies/elsewhere"', "pass"),
    ("network/flow_log_kept_short", "network_watcher_flow_log", "retention_policy {; enabled = true; days = 0; }", "pass"),
    ("network/flow_log_kept_short", "network_watcher_flow_log", "retention_policy {; enabled = true; days = 89; }", "fail"),
    ("network/subnet_without_security_group", "subnet", 'delegation {; service_delegation {; name = "Microsoft.Netapp/volumes"; }; }', "pass"),
    ("network/subnet_without_security_group", "subnet", 'delegation {; service_delegation {; name = "Microsoft.Web/serverFarms"; }; }', "fail"),
    ("network/vnet_with_foreign_dns_server", "virtual_network", 'address_space = ["10.0.0.0/16", "10.1.0.0/16"]; dns_servers = ["10.1.0.4"]', "pass"),
    ("network/vnet_with_foreign_dns_server", "virtual_network", 'dns_servers = ["10.1.0.4"]', "pass"),
    ("spring/outside_network", "spring_cloud_service", 'network {; app_subnet_id = "/s"; }', "fail"),
    ("storage/account_local_users_enabled", "storage_account", "sftp_enabled = true", "fail"),
    ("storage/account_local_users_enabled", "storage_account", "is_hns_enabled = true", "fail"),
    ("storage/account_local_users_enabled", "storage_account", "", "pass"),
    ("storage/account_public_network", "storage_account", "", "pass"),
    ("storage/account_shut_for_azure_services", "storage_account", 'network_rules {; bypass = ["AzureServices"]; }', "pass"),
    ("storage/account_shut_for_azure_services", "storage_account", 'network_rules {; default_action = "Deny"; }', "pass"),
    ("fabric/messages_not_signed", "service_fabric_cluster", 'fabric_settings {; name = "Security"; parameters = {; name = "ClusterProtectionLevel"; value = "EncryptAndSign"; }; }', "pass"),
    ("fabric/messages_not_signed", "service_fabric_cluster", 'fabric_settings {; name = "Hosting"; parameters = {; ClusterProtectionLevel = "EncryptAndSign"; }; }', "fail"),
    ("gateway/waf_passes_log4shell", "web_application_firewall_policy", 'managed_rules {; managed_rule_set {; type = "OWASP"; version = "3.2"; }; }', "pass"),
    ("gateway/waf_passes_log4shell", "web_application_firewall_policy", 'managed_rules {; managed_rule_set {; version = "3.2"; rule_group_override {; rule_group_name = "REQUEST-944-APPLICATION-ATTACK-JAVA"; rule {; id = "944240"; enabled = false; }; }; }; }', "fail"),
    ("gateway/waf_passes_log4shell", "web_application_firewall_policy", 'managed_rules {; managed_rule_set {; version = "3.2"; rule_group_override {; rule_group_name = "REQUEST-944-APPLICATION-ATTACK-JAVA"; rule {; id = "944240"; enabled = true; }; rule {; id = "944100"; enabled = false; }; }; }; }', "pass"),
    ("gateway/waf_passes_log4shell", "web_application_firewall_policy", 'managed_rules {; managed_rule_set {; version = "3.2"; rule_group_override {; rule_group_name = "REQUEST-944-APPLICATION-ATTACK-JAVA"; disabled_rules = ["944100", "944240"]; }; }; }', "fail"),
    ("gateway/waf_passes_log4shell", "web_application_firewall_policy", 'managed_rules {; managed_rule_set {; type = "Microsoft_BotManagerRuleSet"; version = "3.2"; }; }', "fail"),
    ("gateway/waf_passes_log4shell", "web_application_firewall_policy", 'managed_rules {; managed_rule_set {; type = "Microsoft_BotManagerRuleSet"; version = "1.0"; }; managed_rule_set {; version = "3.1"; }; }', "pass"),
    ("frontdoor/waf_passes_log4shell", "frontdoor_firewall_policy", 'managed_rule {; type = "DefaultRuleSet"; version = "1.0"; override {; rule_group_name = "JAVA"; rule {; rule_id = "944240"; enabled = false; action = "Block"; }; }; }', "fail"),
    ("authorization/owner_of_subscription", "role_assignment", 'role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635"; scope = "/subscriptions/0"', "fail"),
    ("authorization/owner_of_subscription", "role_assignment", 'role_definition_id = "/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c"; scope = "/subscriptions/0"', "pass"),
    ("authorization/owner_of_subscription", "role_assignment", 'role_definition_name = "Owner"; scope = "/subscriptions/0/resourceGroups/x"', "pass"),
    ("authorization/role_may_do_everything", "role_definition", 'permissions {; actions = ["*"]; }; assignable_scopes = ["/subscriptions/0"]', "pass"),
    ("authorization/role_may_do_everything", "role_definition", 'permissions {; actions = ["*"]; }; assignable_scopes = ["/", "/subscriptions/0"]', "fail"),
    ("authorization/role_may_do_everything", "role_definition", 'permissions {; actions = ["Microsoft.Web/*"]; }; assignable_scopes = ["/"]', "pass"),
    ("defender/virtual_machines_not_watched", "security_center_subscription_pricing", 'tier = "Free"', "fail"),
    ("defender/virtual_machines_not_watched", "security_center_subscription_pricing", 'tier = "Free"; resource_type = "Arm"', "pass"),
    ("defender/resource_manager_not_watched", "security_center_subscription_pricing", 'tier = "Free"; resource_type = "arm"', "fail"),
    ("defender/plan_free", "security_center_subscription_pricing", 'tier = "Free"; resource_type = "Arm"', "pass"),
    ("defender/plan_free", "security_center_subscription_pricing", 'tier = "Free"; resource_type = "Api"', "fail"),
    ("apim/backend_over_http", "api_management_backend", 'url = "HTTP://orders.internal"', "fail"),
    ("apim/backend_over_http", "api_management_backend", 'url = "/subscriptions/0/resourceGroups/x/providers/Microsoft.Logic/workflows/y"', "pass"),
    ("database/flexible_tls_outdated", "mysql_flexible_server_configuration", 'name = "tls_version"; value = "TLSv1.2,TLSv1"', "fail"),
    ("database/flexible_tls_outdated", "mysql_flexible_server_configuration", 'name = "tls_version"; value = "TLSv1.2"', "pass"),
    ("database/flexible_tls_outdated", "mysql_flexible_server_configuration", 'name = "ssl_cipher"; value = "TLSv1"', "pass"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "kind", "body", "expected"), ONE)
def test_one_resource(rule: str, kind: str, body: str, expected: str) -> None:
    assert outcome(rule, 'variable "password" {}\n' + block(kind, body)) == expected


VERSIONS = [
    ("storage/account_tls_not_fixed", "storage_account", "", {"2.99": "fail", "3.0": "pass", "4.0": "pass"}),
    ("storage/account_allows_public_blobs", "storage_account", "", {"4.0": "fail", "5.0": "pass"}),
    ("storage/account_allows_public_blobs", "storage_account", "allow_nested_items_to_be_public = true", {"5.0": "fail"}),
    ("storage/account_allows_public_blobs", "storage_account", "allow_blob_public_access = true", {"5.0": "fail"}),
    ("storage/account_replicates_to_other_tenants", "storage_account", "", {"2.99": "pass", "3.0": "fail", "4.0": "pass"}),
    ("storage/account_replicates_to_other_tenants", "storage_account", "cross_tenant_replication_enabled = false", {"3.0": "pass"}),
    ("database/open_source_tls_not_fixed", "postgresql_server", "", {"3.0": "fail", "4.0": "pass"}),
    ("database/open_source_tls_not_fixed", "postgresql_server", 'ssl_minimal_tls_version_enforced = "TLS1_0"', {"4.0": "fail"}),
    ("servicebus/tls_not_fixed", "servicebus_namespace", "", {"3.0": "fail", "4.0": "pass"}),
    ("servicebus/tls_not_fixed", "servicebus_namespace", 'minimum_tls_version = "1.0"', {"4.0": "fail"}),
    ("redis/tls_outdated", "redis_cache", "", {"4.0": "fail", "5.0": "pass"}),
    ("redis/tls_outdated", "redis_cache", 'minimum_tls_version = "1.1"', {"5.0": "fail"}),
]


@pytest.mark.parametrize(("rule", "kind", "body", "expected"), VERSIONS)
def test_defaults_follow_the_provider(rule: str, kind: str, body: str, expected: dict[str, str]) -> None:
    found = {version: outcome(rule, PROVIDER.format(version=version) + block(kind, body)) for version in expected}
    assert found == expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("", "fail"),
        ("encryption_settings {\n enabled = true\n }", "pass"),
        ("encryption_settings {\n enabled = false\n }", "fail"),
        ('disk_encryption_set_id = "/sets/x"', "pass"),
    ],
)
def test_disks_that_a_machine_uses(body: str, expected: str) -> None:
    assert outcome("compute/attached_disk_unencrypted", STORE.format(body=body)) == expected


MACHINE = """
resource "azurerm_linux_virtual_machine" "x" {{
  network_interface_ids = [azurerm_network_interface.x.id]
  {inside}
}}
resource "azurerm_network_interface" "x" {{
  ip_configuration {{
    name = "inside"
  }}
  ip_configuration {{
    name                 = "outside"
    public_ip_address_id = {address}
  }}
}}
"""


@pytest.mark.parametrize(
    ("inside", "address", "expected"),
    [("", '"/addresses/x"', "pass"), ("boot_diagnostics {}", '"/addresses/x"', "fail"), ("boot_diagnostics {}", "null", "pass")],
)
def test_serial_consoles_of_public_machines(inside: str, address: str, expected: str) -> None:
    assert outcome("compute/public_with_serial_console", MACHINE.format(inside=inside, address=address)) == expected


SPRING = """
resource "azurerm_spring_cloud_service" "x" {{
  name = "x"
  {sku}
}}
resource "azurerm_spring_cloud_app" "one" {{
  service_name = azurerm_spring_cloud_service.x.name
  tls_enabled  = true
}}
resource "azurerm_spring_cloud_app" "two" {{
  service_name = azurerm_spring_cloud_service.x.name
}}
"""


@pytest.mark.parametrize(
    ("sku", "expected"), [("", "fail"), ('sku_tier = "Basic"', "pass"), ('sku_name = "B0"', "pass"), ('sku_name = "S0"', "fail")]
)
def test_apps_of_a_spring_service(sku: str, expected: str) -> None:
    assert outcome("spring/traffic_inside_unencrypted", SPRING.format(sku=sku)) == expected


ALERTS = """
resource "azurerm_mssql_server" "x" {{
  name = "x"
}}
{policies}
"""
POLICY = 'resource "azurerm_mssql_server_security_alert_policy" "{name}" {{\n server_name = azurerm_mssql_server.x.name\n state = "{state}"\n}}\n'


@pytest.mark.parametrize(
    ("states", "missing", "disabled"),
    [((), "fail", "pass"), (("Disabled",), "pass", "fail"), (("Disabled", "Enabled"), "pass", "pass"), (("Enabled",), "pass", "pass")],
)
def test_alert_policies_of_a_server(states: tuple[str, ...], missing: str, disabled: str) -> None:
    text = ALERTS.format(policies="".join(POLICY.format(name=f"p{n}", state=state) for n, state in enumerate(states)))
    assert outcome("database/defender_policy_missing", text) == missing
    assert outcome("database/defender_policy_disabled", text) == disabled


REPOSITORY = 'resource "azuredevops_git_repository" "x" {{\n name = "x"\n}}\nresource "azuredevops_branch_policy_min_reviewers" "x" {{\n {switch}\n settings {{\n reviewer_count = {count}\n scope {{\n repository_id = azuredevops_git_repository.x.id\n }}\n }}\n}}'


@pytest.mark.parametrize(
    ("switch", "count", "expected"),
    [("", 2, "pass"), ("", 1, "fail"), ("enabled = false", 2, "fail"), ("blocking = false", 3, "fail"), ("enabled = true", 3, "pass")],
)
def test_approvals_of_a_repository(switch: str, count: int, expected: str) -> None:
    assert outcome("devops/changes_with_one_approval", REPOSITORY.format(switch=switch, count=count)) == expected
