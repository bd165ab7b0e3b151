// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Decides requests to any service by the policies that come with them, one JSON line each.
///
/// A case is taken at its word: the condition keys are those it lists, and policies it leaves out don't take part. Three
/// things that hold for every request are added: roles have a trust policy, every level of an organisation has the
/// resource control policy that allows everything, and some resources are AWS's own (``ReservedResource``).
package enum PolicyConformance {
    /// Cases are trusted to be larger than documents from clients.
    private static let limits = JSONLimits(maxDepth: 256, maxBytes: 64 << 20)

    /// Decides what a line asks for.
    /// - Parameter line: `{"id", "request": {"action", "resource": {"resource", "accountId"}, "principal", "context"},
    ///   "identityPolicies", "resourcePolicy"?, "permissionBoundaries"?, "sessionPolicy"?, "serviceControlPolicies"?,
    ///   "resourceControlPolicies"?, "endpointPolicies"?}`. A policy is a document or `{"name", "policy"}`; control
    ///   policies are one `{"orgIdentifier", "policies"}` for each level of the organisation.
    /// - Returns: `{"id", "result": "Allowed"|"ImplicitlyDenied"|"ExplicitlyDenied"}`, or `{"id", "error"}` when the
    ///   line can't be used; `id` is then `null` where the line has none.
    package static func answer(_ line: String) -> String {
        let document: JSONValue
        do {
            document = try JSONValue(parsing: line, limits: limits)
        } catch {
            return failure(.null, "the line is not valid JSON: \(error)")
        }
        let id = document["id"] ?? .null
        do {
            let answer: JSONValue = ["id": id, "result": .string(try ConformanceCase(document).verdict.rawValue)]
            return answer.text()
        } catch {
            return failure(id, error.reason)
        }
    }

    private static func failure(_ id: JSONValue, _ reason: String) -> String {
        let answer: JSONValue = ["id": id, "error": .string(reason)]
        return answer.text()
    }
}

/// Why a case can't be decided, with the place in it.
struct ConformanceError: Error {
    let reason: String

    init(_ reason: String) {
        self.reason = reason
    }
}
