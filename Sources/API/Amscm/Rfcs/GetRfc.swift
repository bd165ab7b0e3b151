// SPDX-License-Identifier: Apache-2.0

package import AWSWire
package import ChangeManagement
package import JSONDocument

/// GetRfc: an RFC of the caller's account with everything known about it.
///
/// Source: AMS change management API reference, GetRfc.
package struct GetRfc: Operation {
    package static let name = "GetRfc"
    let service: RfcService

    package func decode(_ reader: InputReader) throws -> RfcID {
        try reader.rfcID()
    }

    package func resource(_ input: RfcID, _ context: RequestContext) throws -> String {
        try AmscmResource.rfc(input, service, context)
    }

    package func handle(_ input: RfcID, _ context: RequestContext) async throws -> JSONValue? {
        ["Rfc": RfcWire.rfc(try service.rfc(input, for: context.caller))]
    }
}
