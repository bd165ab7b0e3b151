// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy

/// What IAM accepts, and its refusals in AWS's words.
enum IAMConstraint {
    static func name(_ name: String, of kind: PrincipalRecord.Kind) throws(AWSError) {
        let member = kind == .user ? "userName" : "roleName"
        guard (1...64).contains(name.utf8.count), name.utf8.allSatisfy(isNameCharacter) else {
            throw violation(name, member, "[\\w+=,.@-]{1,64}")
        }
    }

    static func policyName(_ name: String) throws(AWSError) {
        guard (1...128).contains(name.utf8.count), name.utf8.allSatisfy(isNameCharacter) else {
            throw violation(name, "policyName", "[\\w+=,.@-]{1,128}")
        }
    }

    static func path(_ path: String) throws(AWSError) {
        let isPlain = path.utf8.allSatisfy { (0x21...0x7E).contains($0) }
        guard path.hasPrefix("/"), path.hasSuffix("/"), isPlain, path.utf8.count <= 512, !path.contains("//") else {
            throw violation(path, "path", "(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)")
        }
    }

    /// An identity policy: no principals, at least one statement.
    static func identityPolicy(_ text: String, limit: Int) throws(AWSError) {
        guard text.utf8.count <= limit else {
            throw AWSError("LimitExceeded", "Maximum policy size of \(limit) bytes exceeded", status: 409)
        }
        let document = try parse(text)
        if let index = document.statements.firstIndex(where: { $0.principal != nil }) {
            throw malformed("statement \(index + 1): an identity policy has no Principal")
        }
        for (index, statement) in document.statements.enumerated() {
            guard statement.action != nil, statement.resource != nil else {
                throw malformed("statement \(index + 1): Action and Resource are required")
            }
        }
    }

    /// A trust policy: every statement names principals, none a resource.
    static func trustPolicy(_ text: String) throws(AWSError) {
        let document = try parse(text)
        for (index, statement) in document.statements.enumerated() {
            guard statement.principal != nil, statement.action != nil, statement.resource == nil else {
                throw malformed("statement \(index + 1): a trust policy has Principal and Action and no Resource")
            }
        }
    }

    private static func parse(_ text: String) throws(AWSError) -> PolicyDocument {
        do {
            return try PolicyDocument(parsing: text)
        } catch {
            throw malformed("\(error)")
        }
    }

    // MARK: Refusals

    static func noSuch(_ kind: PrincipalRecord.Kind, _ name: String) -> AWSError {
        let what = kind == .user ? "user" : "role"
        return AWSError("NoSuchEntity", "The \(what) with name \(name) cannot be found.", status: 404)
    }

    static func noSuchPolicy(_ name: String, _ kind: PrincipalRecord.Kind) -> AWSError {
        let what = kind == .user ? "user" : "role"
        return AWSError("NoSuchEntity", "The \(what) policy with name \(name) cannot be found.", status: 404)
    }

    static func deleteConflict(_ what: String) -> AWSError {
        AWSError("DeleteConflict", "Cannot delete entity, must remove \(what) first.", status: 409)
    }

    private static func malformed(_ message: String) -> AWSError {
        AWSError("MalformedPolicyDocument", message)
    }

    private static func violation(_ value: String, _ member: String, _ pattern: String) -> AWSError {
        AWSError(
            "ValidationError",
            "1 validation error detected: Value '\(value)' at '\(member)' failed to satisfy constraint: Member must "
                + "satisfy regular expression pattern: \(pattern)"
        )
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch byte {
        case 48...57, 65...90, 97...122: true
        default: Array("_+=,.@-".utf8).contains(byte)
        }
    }
}
