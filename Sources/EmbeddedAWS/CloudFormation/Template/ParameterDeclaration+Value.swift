// SPDX-License-Identifier: Apache-2.0

import JSONDocument

extension ParameterDeclaration {
    /// How many bytes a value may have (CloudFormation user guide, "CloudFormation quotas").
    static let maxValueBytes = 4096

    /// What `Ref` gives for a value that a request or the default supplies.
    /// - Throws: CloudFormation's message when the value breaks a constraint.
    func value(_ text: String) throws(TemplateError) -> JSONValue {
        guard text.utf8.count <= Self.maxValueBytes else {
            throw TemplateError(
                "1 validation error detected: Value at 'parameters' for parameter '\(name)' failed to satisfy "
                    + "constraint: Member must have length less than or equal to \(Self.maxValueBytes)"
            )
        }
        switch kind {
        case .string:
            try check(text)
            try checkLength(text)
            return .string(text)
        case .number:
            try checkNumber(text)
            try check(text)
            return .string(text)
        case .commaDelimitedList, .stringList, .numberList:
            var members: [JSONValue] = []
            for part in text.split(separator: ",", omittingEmptySubsequences: false) {
                let member = part.trimmed
                if kind == .numberList {
                    try checkNumber(member)
                }
                try check(member)
                members.append(.string(member))
            }
            return .array(members)
        }
    }

    private func check(_ text: String) throws(TemplateError) {
        if !allowedValues.isEmpty, !allowedValues.contains(text) {
            throw refusal("must be one of AllowedValues")
        }
        if let allowedPattern, try !matches(text, allowedPattern) {
            throw refusal("must match pattern \(allowedPattern)")
        }
    }

    private func checkLength(_ text: String) throws(TemplateError) {
        let length = text.utf16.count
        if let minLength, length < minLength {
            throw refusal("must contain at least \(minLength) characters")
        }
        if let maxLength, length > maxLength {
            throw refusal("must contain at most \(maxLength) characters")
        }
    }

    private func checkNumber(_ text: String) throws(TemplateError) {
        guard text.utf8.allSatisfy(Self.isNumberCharacter), let number = Double(text), number.isFinite else {
            throw TemplateError("Parameter '\(name)' must be a number.")
        }
        if let minValue, number < minValue {
            throw refusal("must be a number not less than \(plain(minValue))")
        }
        if let maxValue, number > maxValue {
            throw refusal("must be a number not greater than \(plain(maxValue))")
        }
    }

    private static func isNumberCharacter(_ byte: UInt8) -> Bool {
        (48...57).contains(byte) || "+-.eE".utf8.contains(byte)
    }

    private func refusal(_ constraint: String) -> TemplateError {
        guard let constraintDescription else {
            return TemplateError("Parameter '\(name)' \(constraint)")
        }
        return TemplateError("Parameter \(name) failed to satisfy constraint: \(constraintDescription)")
    }

    private func plain(_ number: Double) -> String {
        JSONNumber(number)?.literal ?? "\(number)"
    }
}

extension Substring {
    /// The text without white space at its ends.
    fileprivate var trimmed: String {
        var text = self
        while let first = text.first, first.isWhitespace {
            text.removeFirst()
        }
        while let last = text.last, last.isWhitespace {
            text.removeLast()
        }
        return String(text)
    }
}
