// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import Crypto
import JSONDocument

/// What a request wants a stack to become: the members that CreateStack, UpdateStack and CreateChangeSet share.
package struct StackRequest: Sendable, Hashable {
    /// A parameter of the template.
    package struct Parameter: Sendable, Hashable {
        /// The parameter's name.
        package let key: String
        /// Its value as text, lists joined by commas; `nil` to keep the stack's present one.
        package let value: String?

        /// Makes a parameter.
        package init(key: String, value: String?) {
            self.key = key
            self.value = value
        }
    }

    /// The stack's name, or its ARN where the stack exists.
    package var stackName: String
    /// The template's text.
    package var templateBody: String?
    /// Where the template is; always refused.
    package var templateURL: String?
    /// Whether the stack's present template is used.
    package var usePreviousTemplate = false
    /// The parameters as given.
    package var parameters: [Parameter] = []
    /// Tags; `nil` to keep the stack's present ones.
    package var tags: [KeyTag]?
    /// Acknowledged capabilities.
    package var capabilities: [String] = []
    /// Topics; `nil` to keep the stack's present ones.
    package var notificationARNs: [String]?
    /// The role that is to be used.
    package var roleARN: String?
    /// Whether a failure leaves everything as it is.
    package var disableRollback: Bool?
    /// What a failed creation leads to: `ROLLBACK`, `DELETE` or `DO_NOTHING`.
    package var onFailure: String?
    /// After how many minutes the creation gives up.
    package var timeoutMinutes: Int?
    /// Whether rolling back also deletes what was to be retained.
    package var retainExceptOnCreate: Bool?
    /// Whether the stack can't be deleted.
    package var terminationProtection: Bool?
    /// Who may update what, as JSON text.
    package var stackPolicy: String?
    /// The idempotency token.
    package var clientRequestToken: String?

    /// Makes a request that asks for nothing but a name.
    package init(stackName: String) {
        self.stackName = stackName
    }
}

extension StackRequest {
    /// A hash of everything but the token: the same request has the same one.
    var fingerprint: String {
        var document = JSONObject()
        document["name"] = .string(stackName)
        document["template"] = templateBody.map { .string($0) }
        document["previousTemplate"] = .bool(usePreviousTemplate)
        document["parameters"] = .array(parameters.map { [.string($0.key), $0.value.map { .string($0) } ?? .null] })
        document["tags"] = tags.map { .array($0.map { [.string($0.key), .string($0.value)] }) }
        document["capabilities"] = .array(capabilities.map { .string($0) })
        document["topics"] = notificationARNs.map { .array($0.map { .string($0) }) }
        document["role"] = roleARN.map { .string($0) }
        document["disableRollback"] = disableRollback.map { .bool($0) }
        document["onFailure"] = onFailure.map { .string($0) }
        document["timeout"] = timeoutMinutes.map { .number(JSONNumber($0)) }
        document["retainExceptOnCreate"] = retainExceptOnCreate.map { .bool($0) }
        document["protection"] = terminationProtection.map { .bool($0) }
        document["policy"] = stackPolicy.map { .string($0) }
        return Self.hash(of: document)
    }

    /// The hash of a request's members.
    static func hash(of document: JSONObject) -> String {
        Hex.encode(SHA256.hash(data: JSONValue.object(document).bytes()))
    }

    /// The token as a stack remembers it.
    func token(of operation: String) -> StackToken? {
        clientRequestToken.map { StackToken(operation: operation, token: $0, fingerprint: fingerprint) }
    }
}

// MARK: - Checks

extension StackRequest {
    /// Checks everything that no stack is needed for.
    /// - Throws: the first problem in CloudFormation's words.
    func check() throws(AWSError) {
        if templateURL != nil {
            throw CloudFormationError.urlRefused("TemplateURL", instead: "the template inline as TemplateBody")
        }
        if let templateBody {
            try Self.checkTemplateSize(templateBody)
        }
        try Self.checkToken(clientRequestToken)
        if let tags {
            try Self.check(tags)
        }
        if let timeoutMinutes, timeoutMinutes < 1 {
            throw CloudFormationError.constraint(
                "\(timeoutMinutes)",
                at: "timeoutInMinutes",
                "have value greater than or equal to 1"
            )
        }
        if let onFailure, StackOperation.OnFailure(rawValue: onFailure) == nil {
            throw CloudFormationError.constraint(
                onFailure,
                at: "onFailure",
                "satisfy enum value set: [ROLLBACK, DELETE, DO_NOTHING]"
            )
        }
        if onFailure != nil, disableRollback != nil {
            throw CloudFormationError.validation("You can specify either DisableRollback or OnFailure, but not both.")
        }
        if let stackPolicy {
            try Self.checkPolicy(stackPolicy)
        }
    }

    /// What a failure leads to.
    var failureReaction: StackOperation.OnFailure {
        onFailure.flatMap(StackOperation.OnFailure.init(rawValue:))
            ?? (disableRollback == true ? .doNothing : .rollBack)
    }

    /// A stack's name: a letter, then letters, digits and hyphens, at most 128 in all.
    static func checkName(_ name: String) throws(AWSError) {
        guard isName(name) else {
            throw CloudFormationError.constraint(
                name,
                at: "stackName",
                "satisfy regular expression pattern: \(CloudFormationError.namePattern)"
            )
        }
        guard name.utf8.count <= 128 else {
            throw CloudFormationError.constraint(name, at: "stackName", "have length less than or equal to 128")
        }
    }

    /// Whether the text is a letter followed by letters, digits and hyphens.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) else { return false }
        return text.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        (65...90).contains(byte) || (97...122).contains(byte)
    }

    static func checkTemplateSize(_ body: String) throws(AWSError) {
        guard !body.isEmpty else {
            throw CloudFormationError.constraint("", at: "templateBody", "have length greater than or equal to 1")
        }
        guard body.utf8.count <= TemplateDocument.maxBytes else {
            throw CloudFormationError.constraint(
                nil,
                at: "templateBody",
                "have length less than or equal to \(TemplateDocument.maxBytes)"
            )
        }
    }

    static func checkToken(_ token: String?) throws(AWSError) {
        guard let token else { return }
        guard (1...128).contains(token.utf8.count) else {
            throw CloudFormationError.constraint(
                token,
                at: "clientRequestToken",
                token.isEmpty ? "have length greater than or equal to 1" : "have length less than or equal to 128"
            )
        }
        let isWellFormed =
            token.utf8.first != UInt8(ascii: "-")
            && token.utf8.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == UInt8(ascii: "-") }
        guard isWellFormed else {
            throw CloudFormationError.constraint(
                token,
                at: "clientRequestToken",
                "satisfy regular expression pattern: [a-zA-Z0-9][-a-zA-Z0-9]*"
            )
        }
    }

    /// At most 50 tags, each key once, none of them AWS's own.
    private static func check(_ tags: [KeyTag]) throws(AWSError) {
        guard tags.count <= 50 else {
            throw CloudFormationError.constraint(nil, at: "tags", "have length less than or equal to 50")
        }
        var keys: Set<String> = []
        for (index, tag) in tags.enumerated() {
            guard (1...128).contains(tag.key.utf16.count) else {
                let bound = tag.key.isEmpty ? "greater than or equal to 1" : "less than or equal to 128"
                throw CloudFormationError.constraint(
                    tag.key,
                    at: "tags.\(index + 1).member.key",
                    "have length \(bound)"
                )
            }
            guard tag.value.utf16.count <= 256 else {
                throw CloudFormationError.constraint(
                    tag.value,
                    at: "tags.\(index + 1).member.value",
                    "have length less than or equal to 256"
                )
            }
            guard !tag.key.lowercased().hasPrefix("aws:") else {
                throw CloudFormationError.validation(
                    "aws: prefixed tag key names are not allowed for external use; found `\(tag.key)`"
                )
            }
            guard keys.insert(tag.key).inserted else {
                throw CloudFormationError.validation(
                    "Duplicate tag keys found: `\(tag.key)`. Each tag key must be unique."
                )
            }
        }
    }

    static func checkPolicy(_ text: String) throws(AWSError) {
        guard (1...16_384).contains(text.utf8.count) else {
            throw CloudFormationError.constraint(
                nil,
                at: "stackPolicyBody",
                text.isEmpty ? "have length greater than or equal to 1" : "have length less than or equal to 16384"
            )
        }
        do {
            guard try JSONValue(parsing: text).object != nil else {
                throw CloudFormationError.validation(
                    "Error validating stack policy: Invalid stack policy: not an object"
                )
            }
        } catch let error as AWSError {
            throw error
        } catch {
            throw CloudFormationError.validation("Error validating stack policy: Invalid stack policy: \(error)")
        }
    }
}
