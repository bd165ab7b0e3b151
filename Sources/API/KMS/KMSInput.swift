// SPDX-License-Identifier: Apache-2.0

import AWSWire
import EmbeddedAWS

/// How `kms` requests write what the embedded KMS knows by other means.
extension InputReader {
    /// `KeyId`, which must be there.
    func keyID(_ name: String = "KeyId") throws(InputProblem) -> String {
        try requiredString(name)
    }

    /// `Limit` and `Marker`.
    func kmsPage() throws(InputProblem) -> PageRequest {
        PageRequest(limit: try integer("Limit"), marker: try string("Marker"))
    }

    /// An encryption context; empty when absent.
    func encryptionContext(_ name: String = "EncryptionContext") throws(InputProblem) -> EncryptionContext {
        EncryptionContext(try contextPairs(name) ?? [:])
    }

    /// The pairs of an encryption context or of a constraint on one.
    func contextPairs(_ name: String) throws(InputProblem) -> [String: String]? {
        guard let pairs = try stringMap(name) else { return nil }
        return Dictionary(pairs.map { ($0.name, $0.value) }) { _, last in last }
    }

    /// `Tags`.
    func kmsTags() throws(InputProblem) -> [KeyTag]? {
        try structures("Tags") { (tag) throws(InputProblem) in
            KeyTag(key: try tag.requiredString("TagKey"), value: try tag.requiredString("TagValue"))
        }
    }

    /// What all uses of a key for cryptography have in common.
    func cryptography(algorithm: String? = "EncryptionAlgorithm") throws(InputProblem) -> CryptographyRequest {
        CryptographyRequest(
            encryptionContext: try encryptionContext(),
            algorithm: try algorithm.flatMap { (name) throws(InputProblem) in try string(name) },
            grantTokens: try strings("GrantTokens") ?? [],
            isDryRun: try bool("DryRun") ?? false
        )
    }

    /// `Recipient` asks for an answer that only a Nitro enclave can read.
    func refuseRecipient() throws {
        guard value("Recipient") == nil else {
            throw AWSError(
                "UnsupportedOperationException",
                "Recipient is not supported by this endpoint; it can't verify the attestation of an enclave"
            )
        }
    }

    /// A principal of a grant, given as a principal or as a service.
    func parties(_ role: String) throws(InputProblem) -> [GrantRecord.Party] {
        let principal = try string("\(role)Principal").map { GrantRecord.Party.principal($0) }
        let service = try string("\(role)ServicePrincipal").map { GrantRecord.Party.service($0) }
        return [principal, service].compactMap(\.self)
    }
}
