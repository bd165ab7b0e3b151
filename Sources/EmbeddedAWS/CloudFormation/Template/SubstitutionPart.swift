// SPDX-License-Identifier: Apache-2.0

/// A piece of an `Fn::Sub` text.
enum SubstitutionPart: Sendable, Hashable {
    /// Text that stays; `${!X}` has become `${X}`.
    case text(String)
    /// `${Name}`.
    case variable(String)
    /// `${Resource.Attribute}`.
    case attribute(resource: String, name: String)

    /// Takes a text apart.
    /// - Throws: CloudFormation's message when a variable's name has other characters than letters, digits,
    ///   underscores, periods and colons.
    static func parse(_ text: String) throws(TemplateError) -> [SubstitutionPart] {
        var parts: [SubstitutionPart] = []
        var literal: [UInt8] = []
        var rest = Array(text.utf8)[...]
        let lastBrace = rest.lastIndex(of: UInt8(ascii: "}")) ?? rest.startIndex
        while let byte = rest.first {
            rest = rest.dropFirst()
            guard byte == UInt8(ascii: "$"), rest.first == UInt8(ascii: "{"), rest.startIndex < lastBrace,
                let end = rest.firstIndex(of: UInt8(ascii: "}"))
            else {
                literal.append(byte)
                continue
            }
            let name = rest[(rest.startIndex + 1)..<end]
            rest = rest[(end + 1)...]
            if name.first == UInt8(ascii: "!") {
                literal += Array("${".utf8) + name.dropFirst() + [UInt8(ascii: "}")]
                continue
            }
            flush(&literal, into: &parts)
            parts.append(try reference(String(decoding: name, as: UTF8.self)))
        }
        flush(&literal, into: &parts)
        return parts
    }

    private static func flush(_ literal: inout [UInt8], into parts: inout [SubstitutionPart]) {
        guard !literal.isEmpty else { return }
        parts.append(.text(String(decoding: literal, as: UTF8.self)))
        literal = []
    }

    private static func reference(_ name: String) throws(TemplateError) -> SubstitutionPart {
        let isValid = name.utf8.allSatisfy { byte in
            switch byte {
            case 48...57, 65...90, 97...122, UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"): true
            default: false
            }
        }
        guard isValid, !name.isEmpty else {
            throw .function(
                "variable names in Fn::Sub syntax must contain only alphanumeric characters, underscores, periods, "
                    + "and colons"
            )
        }
        guard let dot = name.firstIndex(of: ".") else { return .variable(name) }
        return .attribute(resource: String(name[..<dot]), name: String(name[name.index(after: dot)...]))
    }
}
