// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues

/// What a request names a key by.
enum KeyReference: Sendable, Hashable {
    /// By its id or its ARN.
    case id(KeyID)
    /// By an alias, whose name has the prefix `alias/`.
    case alias(String)

    /// Reads a key id, key ARN, alias name or alias ARN.
    ///
    /// Operations that manage a key take no alias; AWS answers them as if the alias were a wrong key id.
    init(_ text: String, in place: KMSPlace, acceptsAlias: Bool = false, member: String = "keyId") throws(AWSError) {
        if let id = KeyID(text) {
            self = .id(id)
            return
        }
        try MemberConstraint.length(text, of: member, in: 1...2048)
        var name = text[...]
        if text.hasPrefix("arn:") {
            name = try Self.resource(of: text, in: place)
        }
        if name.hasPrefix("alias/") {
            guard acceptsAlias else { throw KMSError.invalidKeyID(text) }
            self = .alias(String(name))
            return
        }
        if name.startIndex != text.startIndex {
            guard name.hasPrefix("key/") else { throw KMSError.invalidARN(text) }
            name = name.dropFirst(4)
        }
        guard let id = KeyID(name) else {
            throw name.hasPrefix("mrk-")
                ? KMSError.keyNotFound(place.keyARN(name)) : KMSError.invalidKeyID(String(name))
        }
        self = .id(id)
    }

    private static func resource(of text: String, in place: KMSPlace) throws(AWSError) -> Substring {
        if text.hasPrefix(place.arnPrefix) {
            return text.dropFirst(place.arnPrefix.count)
        }
        guard let arn = ARN(parsing: text), arn.service == "kms", arn.partition == place.partition else {
            throw KMSError.invalidARN(text)
        }
        guard arn.region == place.region else { throw KMSError.wrongRegion(arn.region) }
        throw arn.resource.hasPrefix("alias/") ? KMSError.aliasNotFound(text) : KMSError.keyNotFound(text)
    }
}
