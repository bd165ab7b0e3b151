// SPDX-License-Identifier: Apache-2.0

import AWSWire
import JSONDocument

extension ServiceAPI {
    /// The content type of awsJson 1.1, both ways.
    static let jsonContentType = "application/x-amz-json-1.1"

    /// Whether the API is spoken in forms and XML.
    var isQuery: Bool {
        if case .query = wireProtocol { true } else { false }
    }

    /// The answer to an operation that did its work; an absent result gives the documented empty body.
    func success(_ operation: String, _ result: JSONValue?, _ requestID: String) -> WireResponse {
        switch wireProtocol {
        case .json:
            return WireResponse(
                status: 200,
                headers: [("content-type", Self.jsonContentType), ("x-amzn-requestid", requestID)],
                body: result?.bytes() ?? []
            )
        case .query(let namespace):
            return WireResponse(
                status: 200,
                headers: [("content-type", "text/xml"), ("x-amzn-requestid", requestID)],
                body: QueryOutput.success(
                    action: operation,
                    result: result,
                    namespace: namespace,
                    requestID: requestID
                )
            )
        }
    }
}

/// Writes errors in the protocol of the service they concern, or of the request when no service is known.
struct ErrorWriter {
    /// The namespace of errors that no service answers.
    private static let commonNamespace = "http://webservices.amazon.com/AWSFault/2005-15-09"

    private let service: ServiceAPI?
    private let requestID: String
    private let namespace: String?

    init(_ service: ServiceAPI?, _ requestID: String, isQuery: Bool = false) {
        self.service = service
        self.requestID = requestID
        if case .query(let own) = service?.wireProtocol {
            namespace = own
        } else {
            namespace = isQuery && service == nil ? Self.commonNamespace : nil
        }
    }

    func response(_ error: AWSError) -> WireResponse {
        if let namespace {
            return WireResponse(
                status: error.status,
                headers: [("content-type", "text/xml"), ("x-amzn-requestid", requestID)],
                body: QueryOutput.error(
                    type: error.isServerFault ? .receiver : .sender,
                    code: error.code,
                    message: error.message,
                    namespace: namespace,
                    requestID: requestID
                )
            )
        }
        // `amscm` models the member as `Message`, the others as `message`; clients read either.
        let member = service?.name == .amscm || service?.name == .amsskms ? "Message" : "message"
        var body = JSONObject()
        body["__type"] = .string(error.code)
        body[member] = .string(error.message)
        return WireResponse(
            status: error.status,
            headers: [
                ("content-type", ServiceAPI.jsonContentType), ("x-amzn-requestid", requestID),
                ("x-amzn-errortype", error.code),
            ],
            body: JSONValue.object(body).bytes()
        )
    }
}
