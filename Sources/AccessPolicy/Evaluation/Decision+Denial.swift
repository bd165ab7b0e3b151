// SPDX-License-Identifier: Apache-2.0

package import CoreValues

extension Decision {
    /// A refusal in AWS's words; source: IAM user guide, "Troubleshoot access denied error messages".
    package func denial(of action: String, to caller: ARN, on resource: String) -> String {
        "User: \(caller) is not authorized to perform: \(action) on resource: \(resource) \(cause(action))"
    }

    private func cause(_ action: String) -> String {
        switch reasons.first {
        case .deniedBy(let statement):
            let words = Self.words(statement.source)
            return "with an explicit deny in \(words.hasPrefix("i") ? "an" : "a") \(words)"
        case .notAllowedBy(let source):
            return "because no \(Self.words(source)) allows the \(action) action"
        case .notAvailableAcrossAccounts:
            return "because the \(action) action is not available to callers of another account"
        default:
            return "because no \(Self.words(.resourcePolicy)) allows the \(action) action"
        }
    }

    private static func words(_ source: Source) -> String {
        switch source {
        case .resourcePolicy: "resource-based policy"
        case .identityPolicy: "identity-based policy"
        default: source.rawValue
        }
    }
}
