r"""A password or key of a resource is written in the code.

## Why it matters
Everybody who can read the repository, its forks, its clones on laptops and its backups has the password, and has it
for ever: taking it out of the code does not take it out of the history.

## Five whys
1. Why could a former contractor log in to the database? The password was in the clone on the contractor's laptop.
2. Why was it in the clone? It stands in a `.tf` or `.tfvars` file.
3. Why there? The resource demands a password, and a literal is the shortest answer.
4. Why was it not changed when the contractor left? Nobody remembered that it was there.

## Fix now
Treat it as known: set a new one by hand or by the service, outside of Terraform. Let the service keep it where it
can: `manage_master_user_password = true` for RDS, Aurora and Redshift. Elsewhere read it from Secrets Manager
(`data.aws_secretsmanager_secret_version`) or use the write-only argument (`password_wo`) with an ephemeral value.

## Workaround
Move the value to `TF_VAR_...` of the pipeline, from its secret store, until the change is made; the state still holds
it, so limit who reads the state.

## Prevent
A secret scanner as a pre-commit hook and on push (gitleaks, GitHub push protection). Variables for secrets have no
default and `sensitive = true`.

## Validate
`git log -p -S VALUE` finds the old value only, and a login with the old value fails.

## Bad
```hcl
resource "aws_db_instance" "orders" {
  identifier = "orders"
  username   = "app"
  password   = "Tr0ub4dor-and-3" # finding
}
```
`main.tf`:
```hcl
variable "broker_login" {
  type = string
}

resource "aws_mq_broker" "events" {
  broker_name = "events"
  user {
    username = "app"
    password = var.broker_login
  }
}
```
`terraform.tfvars`:
```hcl
broker_login = "correct horse battery" # finding
```

## Good
```hcl
variable "broker_password" {
  type      = string
  sensitive = true
}

resource "random_password" "cache" {
  length = 32
}

resource "aws_db_instance" "orders" {
  identifier                  = "orders"
  username                    = "app"
  manage_master_user_password = true
}

resource "aws_elasticache_replication_group" "sessions" {
  replication_group_id = "sessions"
  description          = "sessions"
  auth_token           = random_password.cache.result
}
```
"""

from collections.abc import Iterator

from auditor.sdk import Facet, Fail, Node, Profile, Resource, Severity, rule
from auditor.views.secret import conceal, secret_leaves, written

# The kinds whose schema has secret arguments; parameters and secrets of AWS itself have rules of their own.
_KINDS = """
aws_acm_certificate
aws_alb_listener
aws_alb_listener_rule
aws_amplify_app
aws_amplify_branch
aws_api_gateway_api_key
aws_api_gateway_domain_name
aws_appfabric_app_authorization
aws_appflow_connector_profile
aws_appstream_directory_config
aws_chime_voice_connector_termination_credentials
aws_cloudwatch_event_connection
aws_codebuild_source_credential
aws_codepipeline_webhook
aws_cognito_user
aws_connect_user
aws_datasync_location_fsx_ontap_file_system
aws_datasync_location_fsx_windows_file_system
aws_datasync_location_object_storage
aws_datasync_location_smb
aws_db_instance
aws_directory_service_directory
aws_directory_service_radius_settings
aws_dms_endpoint
aws_docdb_cluster
aws_docdbelastic_cluster
aws_elasticache_replication_group
aws_elasticache_user
aws_elasticsearch_domain
aws_emr_cluster
aws_fsx_ontap_file_system
aws_fsx_ontap_storage_virtual_machine
aws_fsx_windows_file_system
aws_glue_connection
aws_glue_job
aws_iam_server_certificate
aws_kinesis_firehose_delivery_stream
aws_kms_ciphertext
aws_kms_external_key
aws_kms_replica_external_key
aws_lb_listener
aws_lb_listener_rule
aws_lightsail_database
aws_memorydb_user
aws_mq_broker
aws_opensearch_domain
aws_pinpoint_adm_channel
aws_pinpoint_apns_channel
aws_pinpoint_baidu_channel
aws_pinpoint_gcm_channel
aws_quicksight_data_source
aws_rds_cluster
aws_redshift_cluster
aws_redshift_hsm_configuration
aws_redshiftserverless_namespace
aws_sagemaker_workforce
aws_securitylake_subscriber_notification
aws_sesv2_email_identity
aws_sns_platform_application
aws_storagegateway_file_system_association
aws_storagegateway_gateway
aws_timestreaminfluxdb_db_instance
aws_transfer_certificate
aws_verifiedaccess_trust_provider
aws_vpn_connection
"""


@rule(
    target=_KINDS,
    severity=Severity.HIGH,
    profile=Profile.GATE,
    facets=[Facet.WRITTEN],
    aliases="CKV_AWS_295",
)
def check(body: Node, resource: Resource) -> Iterator[Fail]:
    for leaf in secret_leaves(body):
        if written(resource, leaf):
            yield Fail(conceal(leaf), f"{leaf.path} is written in the code", expected="a value from a secret store", actual="(sensitive)")
