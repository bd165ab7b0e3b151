// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// Writes the answers of the Query protocol as XML.
///
/// Source: reference/cloudformation.md §8; Smithy, "AWS query protocol", response serialization.
package enum QueryOutput {
    /// Who is to blame for an error.
    package enum Fault: String, Sendable, Hashable {
        /// The caller.
        case sender = "Sender"
        /// The service.
        case receiver = "Receiver"
    }

    /// An answer: `<CreateStackResponse><CreateStackResult>…</…><ResponseMetadata>…`.
    /// - Parameters:
    ///   - action: The action's name.
    ///   - result: The members; `nil` for an action that answers nothing but the request id. Elements of arrays become
    ///     `<member>`, null members are left out.
    ///   - namespace: The service's XML namespace.
    ///   - requestID: The request's id.
    /// - Returns: The document in UTF-8.
    package static func success(
        action: String,
        result: JSONValue?,
        namespace: String,
        requestID: String
    ) -> [UInt8] {
        var writer = XMLWriter()
        writer.open("\(action)Response", namespace: namespace)
        if let result {
            writer.element("\(action)Result", result)
        }
        writer.open("ResponseMetadata")
        writer.element("RequestId", .string(requestID))
        writer.close("ResponseMetadata")
        writer.close("\(action)Response")
        return writer.bytes
    }

    /// An error: `<ErrorResponse><Error><Type>Sender</Type><Code>…`.
    package static func error(
        type: Fault,
        code: String,
        message: String,
        namespace: String,
        requestID: String
    ) -> [UInt8] {
        var writer = XMLWriter()
        writer.open("ErrorResponse", namespace: namespace)
        writer.element("Error", ["Type": .string(type.rawValue), "Code": .string(code), "Message": .string(message)])
        writer.element("RequestId", .string(requestID))
        writer.close("ErrorResponse")
        return writer.bytes
    }

    /// An error as its own status says whose fault it is.
    package static func error(_ error: AWSError, namespace: String, requestID: String) -> [UInt8] {
        self.error(
            type: error.isServerFault ? .receiver : .sender,
            code: error.code,
            message: error.message,
            namespace: namespace,
            requestID: requestID
        )
    }
}
