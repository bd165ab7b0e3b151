// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import ChangeManagement
package import JSONDocument

/// GetChangeTypeVersion: a change type version with its input schema; the current one without a version.
///
/// Source: AMS change management API reference, GetChangeTypeVersion.
package struct GetChangeTypeVersion: Operation {
    package static let name = "GetChangeTypeVersion"
    let catalogue: Catalogue

    package func decode(_ reader: InputReader) throws -> (id: String, version: String?) {
        (try reader.requiredFilledString("ChangeTypeId"), try reader.filledString("Version"))
    }

    package func handle(_ input: (id: String, version: String?), _ context: RequestContext) async throws -> JSONValue? {
        ["ChangeTypeVersion": ChangeTypeWire.version(try catalogue.version(input.id, input.version))]
    }
}
