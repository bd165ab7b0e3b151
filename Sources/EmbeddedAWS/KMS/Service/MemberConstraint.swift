// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// The constraints of the service model, refused in the words AWS's framework uses.
///
/// Source: reference/kms-policy.md §8, error bodies. Members are named as AWS names them there, from a lower-case
/// letter; list elements by their position from 1.
enum MemberConstraint {
    /// The text must have a length within `range`, in UTF-16 code units, as the service's own runtime counts.
    static func length(_ text: String, of member: String, in range: ClosedRange<Int>) throws(AWSError) {
        let count = text.utf16.count
        if let bound = broken(count, range) {
            throw violation("Value '\(text)' at '\(member)'", "Member must have length \(bound)")
        }
    }

    /// The bytes must be that many; they are not repeated in the refusal.
    static func length(_ bytes: [UInt8], of member: String, in range: ClosedRange<Int>) throws(AWSError) {
        if let bound = broken(bytes.count, range) {
            throw violation("Value at '\(member)'", "Member must have length \(bound)")
        }
    }

    /// The list must have that many elements.
    static func count(_ count: Int, of member: String, in range: ClosedRange<Int>) throws(AWSError) {
        if let bound = broken(count, range) {
            throw violation("Value at '\(member)'", "Member must have length \(bound)")
        }
    }

    /// The number must be within `range`.
    static func value(_ number: Int, of member: String, in range: ClosedRange<Int>) throws(AWSError) {
        if let bound = broken(number, range) {
            throw violation("Value '\(number)' at '\(member)'", "Member must have value \(bound)")
        }
    }

    /// The text must be one of a closed set.
    static func choice(_ text: String, of member: String, in choices: [String]) throws(AWSError) {
        guard choices.contains(text) else {
            let set = choices.joined(separator: ", ")
            throw violation("Value '\(text)' at '\(member)'", "Member must satisfy enum value set: [\(set)]")
        }
    }

    /// Every character must be allowed; `pattern` is what the refusal shows.
    static func characters(
        _ text: String,
        of member: String,
        pattern: String,
        _ isAllowed: (Unicode.Scalar) -> Bool
    ) throws(AWSError) {
        guard text.unicodeScalars.allSatisfy(isAllowed) else {
            throw violation(
                "Value '\(text)' at '\(member)'",
                "Member must satisfy regular expression pattern: \(pattern)"
            )
        }
    }

    private static func broken(_ number: Int, _ range: ClosedRange<Int>) -> String? {
        if number < range.lowerBound {
            return "greater than or equal to \(range.lowerBound)"
        }
        return number > range.upperBound ? "less than or equal to \(range.upperBound)" : nil
    }

    private static func violation(_ what: String, _ constraint: String) -> AWSError {
        KMSError.validation("1 validation error detected: \(what) failed to satisfy constraint: \(constraint)")
    }
}
