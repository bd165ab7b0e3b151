// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import JSONDocument

extension Finding {
    /// The finding as a document, as plans and execution outputs carry it.
    var json: JSONValue {
        var object = JSONObject()
        object["id"] = .string(id)
        object["severity"] = .string(severity.rawValue)
        object["pointer"] = .string(pointer.description)
        object["title"] = .string(title)
        object["explanation"] = .string(explanation)
        object["fix"] = .string(fix)
        object["documentation"] = .string(documentation)
        return .object(object)
    }
}
