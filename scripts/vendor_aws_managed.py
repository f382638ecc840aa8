"""Write the most used AWS managed policies to auditor/views/iam/aws_managed.json, from the documents that the package moto carries.

python scripts/vendor_aws_managed.py        (needs: pip install moto)
"""

from __future__ import annotations

import importlib
import importlib.metadata
import json
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "auditor/views/iam/aws_managed.json"
NAMES = [
    "AdministratorAccess",
    "PowerUserAccess",
    "ReadOnlyAccess",
    "ViewOnlyAccess",
    "SecurityAudit",
    "IAMFullAccess",
    "IAMReadOnlyAccess",
    "AmazonS3FullAccess",
    "AmazonS3ReadOnlyAccess",
    "AmazonEC2FullAccess",
    "AmazonEC2ReadOnlyAccess",
    "AmazonDynamoDBFullAccess",
    "AmazonDynamoDBReadOnlyAccess",
    "AmazonSQSFullAccess",
    "AmazonSQSReadOnlyAccess",
    "AmazonSNSFullAccess",
    "AmazonRDSFullAccess",
    "AmazonVPCFullAccess",
    "AmazonRoute53FullAccess",
    "AmazonEC2ContainerRegistryReadOnly",
    "AmazonEC2ContainerRegistryPowerUser",
    "AmazonEC2ContainerRegistryPullOnly",
    "AmazonEC2ContainerRegistryFullAccess",
    "AmazonECSTaskExecutionRolePolicy",
    "AmazonECS_FullAccess",
    "AmazonEC2ContainerServiceforEC2Role",
    "AmazonEKSClusterPolicy",
    "AmazonEKSWorkerNodePolicy",
    "AmazonEKS_CNI_Policy",
    "AmazonEKSServicePolicy",
    "AmazonEKSVPCResourceController",
    "AmazonEBSCSIDriverPolicy",
    "AmazonEFSCSIDriverPolicy",
    "AmazonEKSFargatePodExecutionRolePolicy",
    "AmazonSSMManagedInstanceCore",
    "AmazonSSMReadOnlyAccess",
    "AmazonSSMFullAccess",
    "CloudWatchAgentServerPolicy",
    "CloudWatchFullAccess",
    "CloudWatchLogsFullAccess",
    "CloudWatchReadOnlyAccess",
    "SecretsManagerReadWrite",
    "AWSLambda_FullAccess",
    "AWSLambdaBasicExecutionRole",
    "AWSLambdaVPCAccessExecutionRole",
    "AWSLambdaSQSQueueExecutionRole",
    "AWSLambdaDynamoDBExecutionRole",
    "AWSLambdaKinesisExecutionRole",
    "AWSXRayDaemonWriteAccess",
    "AWSXrayWriteOnlyAccess",
    "AWSKeyManagementServicePowerUser",
    "AmazonRDSEnhancedMonitoringRole",
    "AWSBackupServiceRolePolicyForBackup",
    "AWSCodeBuildDeveloperAccess",
    "AWSCloudFormationFullAccess",
    "AmazonAPIGatewayPushToCloudWatchLogs",
    "AWSOrganizationsReadOnlyAccess",
    "AmazonKinesisFullAccess",
]


def main() -> None:
    """Write the table."""
    documents = json.loads(importlib.import_module("moto.iam.aws_managed_policies").aws_managed_policies_data)
    missing = sorted(set(NAMES) - set(documents))
    assert not missing, missing
    made = {
        "origin": f"documents published by AWS, as carried by moto {importlib.metadata.version('moto')} (Apache-2.0)",
        "date": max(document["UpdateDate"] for document in documents.values())[:10],
        "policies": {name: documents[name]["Document"] for name in sorted(set(NAMES))},
    }
    TARGET.write_text(json.dumps(made, separators=(",", ":"), sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
