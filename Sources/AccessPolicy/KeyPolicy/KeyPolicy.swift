// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// A key policy built from a request's parameters.
package struct KeyPolicy: Sendable, Hashable {
    /// Which wording of the predefined statements is used.
    package enum Rendering: String, Sendable, Hashable, CaseIterable {
        /// The statements exactly as the change type's reference prints them, with what they miss.
        case documented
        /// The same with the defects mended that keep a restriction from doing what its name says.
        case corrected
        /// The corrected ones, narrowed further: encryptors can't move ciphertext away, and a limit on grants leaves
        /// everybody able to list and revoke them.
        case hardened
    }

    /// A statement and what it comes from.
    package struct BuiltStatement: Sendable, Hashable {
        /// The parameter that asked for the statement; `nil` for the base statement, which every key gets.
        package let parameter: String?
        /// The statement.
        package let statement: PolicyStatement
    }

    /// Which wording is used.
    package let rendering: Rendering
    /// The statements in the order of the document.
    package let statements: [BuiltStatement]

    /// Builds the policy: the base statement, then the predefined statements in the documented order.
    ///
    /// The same parameters always give the same bytes. Whether the result fits KMS's limits is for
    /// ``KeyPolicyAcceptance`` to say.
    package init(_ parameters: KeyAccessParameters, rendering: Rendering) {
        self.rendering = rendering
        statements = KeyPolicyStatements(parameters: parameters, rendering: rendering).all
    }

    /// The policy's id, which names the wording.
    package var id: String {
        "assent-key-policy-\(rendering.rawValue)"
    }

    /// The policy as a document.
    package var document: PolicyDocument {
        PolicyDocument(id: id, statements: statements.map(\.statement))
    }

    /// The policy as JSON, members in AWS's usual order.
    package var json: JSONValue {
        document.json
    }
}
