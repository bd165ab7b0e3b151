// SPDX-License-Identifier: Apache-2.0

/// The names of AWS services in `kms:ViaService`, which are `NAME.REGION.amazonaws.com` in every partition.
///
/// Source: KMS developer guide, "Services that support the kms:ViaService condition key". The list grows with AWS, so a
/// name that is missing here is unknown, not wrong.
package struct ViaServiceName: Sendable, Hashable {
    /// The service's name, such as `ec2`.
    package let service: String
    /// The region, such as `us-east-1`.
    package let region: String

    /// Reads a name.
    /// - Returns: `nil` unless the text is a service, a region and `amazonaws.com`.
    package init?(_ text: String) {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 4, parts[2] == "amazonaws", parts[3] == "com", !parts[0].isEmpty,
            parts[1].contains("-")
        else { return nil }
        service = parts[0]
        region = parts[1]
    }

    /// The name as conditions write it.
    package var text: String {
        "\(service).\(region).amazonaws.com"
    }

    /// Whether the service is known to call KMS on behalf of callers.
    package var isKnown: Bool {
        Self.known.contains(service)
    }

    /// The known services, in alphabetical order.
    package static let known: [String] = [
        "airflow", "aoss", "appflow", "apprunner", "athena", "auditmanager", "backup", "backup-gateway", "bedrock",
        "cassandra", "codeartifact", "codeguru-reviewer", "comprehend", "connect", "dax", "directoryservice", "dms",
        "docdb-elastic", "dsql", "dynamodb", "ec2", "ecr", "eks", "elasticache", "elasticfilesystem",
        "emr-serverless", "entityresolution", "es", "events", "finspace", "firehose", "forecast", "fsx", "geo",
        "glue", "grafana", "groundstation", "healthlake", "imagebuilder", "importexport", "inspector2", "iotsitewise",
        "kafka", "kendra", "kinesis", "kinesisvideo", "lambda", "lex", "license-manager", "logs", "lookoutequipment",
        "lookoutmetrics", "lookoutvision", "macie", "malware-protection", "managedblockchain", "mediatailor",
        "memorydb", "mgn", "monitron", "mq", "nimble", "omics", "osis", "profile", "proton", "qbusiness", "qldb",
        "rds", "redshift", "redshift-serverless", "rekognition", "s3", "s3express", "sagemaker", "scheduler",
        "secretsmanager", "ses", "sns", "sqlworkbench", "sqs", "ssm", "ssm-contacts", "ssm-incidents", "states",
        "storagegateway", "timestream", "timestream-influxdb", "transcribe", "translate", "verifiedpermissions",
        "wisdom", "workmail", "workspaces", "workspaces-web", "xray",
    ]
}
