// SPDX-License-Identifier: Apache-2.0

import AWSWire
import ChangeManagement
import CoreValues
import JSONDocument

/// How `amscm` requests write what the domain knows by other means.
extension InputReader {
    /// A text member; the empty text of a CLI skeleton counts as absent (reference/amscm-api.md §1.3).
    func filledString(_ name: String) throws(InputProblem) -> String? {
        guard let text = try string(name), !text.isEmpty else { return nil }
        return text
    }

    /// A text member that must be there and not empty.
    func requiredFilledString(_ name: String) throws(InputProblem) -> String {
        try required(name, try filledString(name))
    }

    /// The id of an RFC.
    func rfcID(_ name: String = "RfcId") throws(InputProblem) -> RfcID {
        let text = try requiredFilledString(name)
        guard let id = RfcID(text) else {
            throw invalid(name, "`\(text)` is no RFC id; expected 8-4-4-4-12 hexadecimal digits")
        }
        return id
    }

    /// A moment, in basic or extended ISO 8601.
    func time(_ name: String) throws(InputProblem) -> Timestamp? {
        guard let text = try filledString(name) else { return nil }
        guard let time = Timestamp(parsing: text) else {
            throw invalid(
                name,
                "`\(text)` is no ISO 8601 time; expected YYYYMMDDThhmmssZ or YYYY-MM-DDThh:mm:ssZ"
            )
        }
        return time
    }

    /// The requested start; an end is only accepted beside it and is overwritten with start plus expected duration.
    ///
    /// Source: reference/amscm-api.md §2.2.
    func requestedStart() throws(InputProblem) -> Timestamp? {
        let start = try time("RequestedStartTime")
        let end = try time("RequestedEndTime")
        guard let end else { return start }
        guard let start else {
            throw invalid("RequestedEndTime", "is given without RequestedStartTime; give both or neither")
        }
        guard start < end else {
            throw invalid("RequestedEndTime", "`\(end.basicForm)` is not after the start `\(start.basicForm)`")
        }
        return start
    }

    /// The recipients of `Notification`; `[""]` of a CLI skeleton counts as absent.
    func emailRecipients() throws(InputProblem) -> [String]? {
        guard let email = try structure("Notification")?.structure("Email") else { return nil }
        let name = "EmailRecipients"
        guard let given = try email.strings(name) else { return nil }
        let recipients = given.filter { !$0.isEmpty }
        guard given.isEmpty || !recipients.isEmpty else { return nil }
        for (index, recipient) in recipients.enumerated() {
            let parts = recipient.split(separator: "@", omittingEmptySubsequences: false)
            let isPlain = recipient.utf8.allSatisfy { $0 > 0x20 && $0 != 0x7F }
            guard parts.count == 2, !parts[0].isEmpty, !parts[1].isEmpty, isPlain, recipient.utf8.count <= 254 else {
                let place = email.path.appending(name).appending(index)
                throw InputProblem(.invalidValue, at: place, "expected an e-mail address such as name@example.com")
            }
        }
        return recipients
    }
}

/// A page of a list: `MaxResults` 20 to 100 and an opaque `NextToken`; source: reference/amscm-api.md §2.
struct AmscmPage: Sendable {
    /// How many results a page has when the request does not say.
    static let defaultSize = 100

    let size: Int
    let token: [UInt8]?

    init(_ reader: InputReader) throws(InputProblem) {
        let size = try reader.integer("MaxResults") ?? Self.defaultSize
        guard (20...100).contains(size) else {
            throw reader.invalid("MaxResults", "found \(size); 20 to 100 are accepted")
        }
        self.size = size
        guard let text = try reader.filledString("NextToken") else {
            token = nil
            return
        }
        guard let bytes = Base64.decode(text) else { throw Self.badToken(reader) }
        token = bytes
    }

    static func badToken(_ reader: InputReader) -> InputProblem {
        reader.invalid("NextToken", "is not a token of this list; pass the NextToken of the page before unchanged")
    }

    /// The page of a list that lies in memory, with the token's decimal offset.
    func slice<Element>(_ all: [Element], _ reader: InputReader) throws(InputProblem) -> ListSlice<Element> {
        var start = 0
        if let token {
            guard let offset = Int(String(decoding: token, as: UTF8.self)), (0...all.count).contains(offset) else {
                throw Self.badToken(reader)
            }
            start = offset
        }
        let end = min(all.count, start + size)
        let next = end < all.count ? Base64.encode(Array(String(end).utf8)) : nil
        return ListSlice(elements: Array(all[start..<end]), nextToken: next)
    }
}

/// The elements of one page and the token of the next.
struct ListSlice<Element> {
    let elements: [Element]
    let nextToken: String?

    /// The page as a response with the list under `name`.
    func response(_ name: String, _ element: (Element) -> JSONValue) -> JSONValue {
        var object = JSONObject()
        object[name] = .array(elements.map(element))
        object["NextToken"] = nextToken.map { .string($0) }
        return .object(object)
    }
}
