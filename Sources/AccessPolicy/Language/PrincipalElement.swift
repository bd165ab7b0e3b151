// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// The `Principal` or `NotPrincipal` of a statement.
package struct PrincipalElement: Sendable, Hashable {
    /// The families of principals; source: IAM user guide, "AWS JSON policy elements: Principal".
    package enum Family: String, Sendable, Hashable, CaseIterable {
        /// Accounts, users, roles and their sessions.
        case aws = "AWS"
        /// AWS services.
        case service = "Service"
        /// Identity providers.
        case federated = "Federated"
        /// Canonical user ids, which only Amazon S3 knows.
        case canonicalUser = "CanonicalUser"
    }

    /// The principals of one family.
    package struct Entry: Sendable, Hashable {
        /// Their family.
        package var family: Family
        /// Their names.
        package var values: StringList

        /// Makes an entry.
        package init(_ family: Family, _ values: StringList) {
            self.family = family
            self.values = values
        }
    }

    /// Whether it is `NotPrincipal`: everybody but these.
    package var isNegated: Bool
    /// Whether it is the bare `"*"` in place of families.
    package var isBareWildcard: Bool
    /// The families in order; empty for the bare wildcard.
    package var entries: [Entry]

    /// Makes an element from families.
    package init(_ entries: [Entry], isNegated: Bool = false) {
        self.entries = entries
        self.isNegated = isNegated
        isBareWildcard = false
    }

    private init(bareWildcardNegated isNegated: Bool) {
        entries = []
        self.isNegated = isNegated
        isBareWildcard = true
    }

    /// Principals of the `AWS` family.
    package static func aws(_ values: [String]) -> PrincipalElement {
        PrincipalElement([Entry(.aws, StringList(values))])
    }

    /// The bare `"*"`.
    package static func bareWildcard(isNegated: Bool = false) -> PrincipalElement {
        PrincipalElement(bareWildcardNegated: isNegated)
    }

    /// Whether it names everybody: `"*"` or `{"AWS": "*"}`.
    package var namesEverybody: Bool {
        !isNegated && (isBareWildcard || values(of: .aws).contains("*"))
    }

    /// All names of one family.
    package func values(of family: Family) -> [String] {
        entries.filter { $0.family == family }.flatMap(\.values.values)
    }

    var elementName: String {
        isNegated ? "NotPrincipal" : "Principal"
    }

    var json: JSONValue {
        guard !isBareWildcard else { return .string("*") }
        var object = JSONObject()
        for entry in entries {
            object[entry.family.rawValue] = entry.values.json
        }
        return .object(object)
    }
}
