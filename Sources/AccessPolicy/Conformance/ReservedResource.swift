// SPDX-License-Identifier: Apache-2.0

/// Resources that AWS keeps to itself, whatever an account's policies allow.
///
/// Nobody can change an AWS managed policy (IAM user guide, "Managed policies and inline policies"), a role under
/// `/aws-reserved/`, which is IAM Identity Center's, or an alias under `alias/aws/` (KMS developer guide, "Aliases").
enum ReservedResource {
    /// Whether the request would change one.
    static func protects(_ request: AuthorizationRequest) -> Bool {
        let parts = request.resource.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
        guard parts.count == 6 else { return false }
        let action = request.action.name.lowercased()
        let resource = parts[5]
        switch parts[2] {
        case "kms":
            let changes = [KMSAction.createAlias, .updateAlias, .deleteAlias]
            return resource.hasPrefix("alias/aws/") && request.action.kms.map { changes.contains($0) } == true
        case "iam":
            guard action.hasPrefix("iam:") else { return false }
            let isReading = ["get", "list", "generate", "simulate"].contains { action.dropFirst(4).hasPrefix($0) }
            let isReserved =
                parts[4] == "aws" && resource.hasPrefix("policy/") || resource.hasPrefix("role/aws-reserved/")
            return isReserved && !isReading
        default:
            return false
        }
    }
}
