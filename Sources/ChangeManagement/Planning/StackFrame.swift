// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// The members that all stack-making change types share; source: reference/change-types.md §4, frames 1 and 2.
struct StackFrame {
    /// How many tags a stack has at most; source: CloudFormation API reference, CreateStack, Tags.
    static let maxTags = 50
    /// The tag that carries the RFC's id.
    static let rfcTag = "assent:rfc-id"

    let parameters: JSONValue

    init(_ parameters: JSONValue) {
        self.parameters = parameters
    }

    /// The requester's tags: at the top level in the CloudFormation frame, inside `Parameters` in the newer one.
    var requestedTags: [StackOrder.Tag] {
        tagElements.compactMap { tag in
            guard let key = tag["Key"]?.string, let value = tag["Value"]?.string else { return nil }
            return StackOrder.Tag(key: key, value: value)
        }
    }

    /// The stack's tags: the requester's, the RFC's id, and `Name` from the frame's Name unless given.
    ///
    /// The latter two only while the stack has room for them.
    func tags(for site: PlanningSite) -> [StackOrder.Tag] {
        var tags = requestedTags
        if tags.count < Self.maxTags {
            tags.append(StackOrder.Tag(key: Self.rfcTag, value: site.rfc.description))
        }
        if let name = parameters["Name"]?.string, tags.count < Self.maxTags, !tags.contains(where: { $0.key == "Name" })
        {
            tags.append(StackOrder.Tag(key: "Name", value: name))
        }
        return tags
    }

    /// What is wrong with the requester's tags beyond what a schema can say.
    ///
    /// Source: AWS General Reference, "Tagging your AWS resources", tag naming limits.
    var tagProblems: [ParameterProblem] {
        let isNested = parameters["Tags"]?.array == nil
        let list = JSONPointer(isNested ? [.name("Parameters"), .name("Tags")] : [.name("Tags")])
        var problems: [ParameterProblem] = []
        var firstPlaces: [String: Int] = [:]
        for (index, tag) in tagElements.enumerated() {
            guard let key = tag["Key"]?.string else { continue }
            let place = list.appending(index).appending("Key")
            if let first = firstPlaces[key] {
                let other = list.appending(first)
                problems.append(ParameterProblem(place, "the key `\(key)` stands twice, first in \(other)"))
            } else if let problem = Self.problem(withKey: key) {
                problems.append(ParameterProblem(place, problem))
            }
            firstPlaces[key] = firstPlaces[key] ?? index
            if let value = tag["Value"]?.string, !value.unicodeScalars.allSatisfy(Self.isTagScalar) {
                let place = list.appending(index).appending("Value")
                problems.append(ParameterProblem(place, "`\(value)` contains more than \(Self.tagScalars)"))
            }
        }
        return problems
    }

    /// How long the stack may take; 0 and absent mean no limit of its own.
    var timeoutMinutes: Int? {
        guard let minutes = parameters["TimeoutInMinutes"]?.number?.double, minutes >= 1 else { return nil }
        return Int(min(minutes, 43_200))
    }

    private var tagElements: [JSONValue] {
        parameters["Tags"]?.array ?? parameters["Parameters"]?["Tags"]?.array ?? []
    }

    private static let tagScalars = "letters, digits, spaces and `_.:/=+-@`"

    private static func problem(withKey key: String) -> String? {
        if key.lowercased().hasPrefix("aws:") {
            return "`\(key)` begins with `aws:`, which is reserved for AWS"
        }
        if key.lowercased() == rfcTag {
            return "`\(key)` is reserved for the RFC's id"
        }
        return key.unicodeScalars.allSatisfy(isTagScalar) ? nil : "`\(key)` contains more than \(tagScalars)"
    }

    private static func isTagScalar(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII {
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", " ", "_", ".", ":", "/", "=", "+", "-", "@": return true
            default: return false
            }
        }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
            .letterNumber, .otherNumber, .spaceSeparator:
            return true
        default: return false
        }
    }
}
