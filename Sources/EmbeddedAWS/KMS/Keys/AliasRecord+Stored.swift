// SPDX-License-Identifier: Apache-2.0

import AWSWire
import JSONDocument

extension AliasRecord {
    /// The record's body, format version 1.
    var storedForm: JSONValue {
        [
            "formatVersion": .number(JSONNumber(EmbeddedRecord.formatVersion)),
            "name": .string(name),
            "arn": .string(arn),
            "keyId": .string(keyID.description),
            "createdAt": createdAt.storedForm,
            "updatedAt": updatedAt.storedForm,
        ]
    }

    /// Reads a body of format version 1.
    init(stored reader: InputReader) throws(InputProblem) {
        guard let keyID = KeyID(try reader.requiredString("keyId")) else {
            throw reader.invalid("keyId", "not a key id")
        }
        self.init(
            name: try reader.requiredString("name"),
            arn: try reader.requiredString("arn"),
            keyID: keyID,
            createdAt: try reader.requiredStoredTimestamp("createdAt"),
            updatedAt: try reader.requiredStoredTimestamp("updatedAt")
        )
    }
}
