// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// The members that all stack-making change types share; source: reference/change-types.md §4, frames 1 and 2.
struct StackFrame {
    let parameters: JSONValue

    init(_ parameters: JSONValue) {
        self.parameters = parameters
    }

    /// The requester's tags: at the top level in the CloudFormation frame, inside `Parameters` in the newer one.
    var requestedTags: [StackOrder.Tag] {
        let tags = parameters["Tags"]?.array ?? parameters["Parameters"]?["Tags"]?.array ?? []
        return tags.compactMap { tag in
            guard let key = tag["Key"]?.string, let value = tag["Value"]?.string else { return nil }
            return StackOrder.Tag(key: key, value: value)
        }
    }

    /// The stack's tags: the requester's, `Name` from the frame's Name unless given, and the RFC's id.
    func tags(for site: PlanningSite) -> [StackOrder.Tag] {
        var tags = requestedTags
        if let name = parameters["Name"]?.string, !tags.contains(where: { $0.key == "Name" }) {
            tags.append(StackOrder.Tag(key: "Name", value: name))
        }
        tags.append(StackOrder.Tag(key: "assent:rfc-id", value: site.rfc.description))
        return tags
    }

    /// How long the stack may take; 0 and absent mean no limit of its own.
    var timeoutMinutes: Int? {
        guard let minutes = parameters["TimeoutInMinutes"]?.number?.double, minutes >= 1 else { return nil }
        return Int(min(minutes, 43_200))
    }
}
