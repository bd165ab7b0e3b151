// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// Why questions about a policy can't be decided for all requests: it uses something outside the fragment.
///
/// **The fragment.** A key policy of any number of statements in which
/// - every statement has a `Principal` or `NotPrincipal` of the families `AWS` and `Service`, or `"*"`;
/// - actions are given in any form, and `Resource` is `"*"`;
/// - conditions use any operator with any qualifier on any key, but no policy variables, no two families of operators
///   (text, numbers, dates, addresses, bytes) on one key, and none of `aws:username`, `aws:CalledVia…`, or
///   `aws:CurrentTime` together with `aws:EpochTime`, whose values hang together with others;
/// - there are at most 512 different condition tests, and no key's patterns, and no question, fall into more
///   combinations than ``RequestLimits`` says.
///
/// **The requests.** All callers that KMS knows: root users, users, role sessions and federated users of every account
/// and services that act for themselves; all operations on keys; and for each operation all values of the condition
/// keys it carries, with those that hang together kept together (caller and account, the names in the encryption
/// context and its pairs, the service that calls and whether a grant is for it). Values are not empty, save those of
/// encryption context pairs.
/// Beside the key policy a caller may have identity policies, a permissions boundary, and grants: see ``KeyAccess``.
package struct FragmentRefusal: Error, Sendable, Hashable, CustomStringConvertible {
    /// The construct, by name.
    package let construct: String
    /// Which of the policies asked about, from 0.
    package let policy: Int
    /// Where it stands.
    package let pointer: JSONPointer

    /// The construct and its place.
    package var description: String {
        let place = pointer.tokens.isEmpty ? "" : "\(pointer): "
        return "\(place)\(construct) can't be decided for all requests"
    }
}

/// Up to what size questions are decided; what is larger is refused by name, never answered by "unknown".
package enum RequestLimits {
    /// How many states the patterns of one condition key may have when they are followed together.
    package static let patternStates = 20_000
    /// How many combinations of values one multivalued key, or the encryption context, may have.
    package static let setCombinations = 8_192
    /// How many combinations one search may look at.
    package static let searchSteps = 2_000_000
}
