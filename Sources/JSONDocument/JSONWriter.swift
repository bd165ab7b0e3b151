// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// How a document is laid out.
    package enum Layout: Sendable, Hashable {
        /// No white space at all.
        case compact
        /// One member or element a line, indented by two spaces a level.
        case indented
    }

    /// The document as text, members in their own order, numbers by their literals.
    package func text(_ layout: Layout = .compact) -> String {
        String(decoding: bytes(layout), as: UTF8.self)
    }

    /// The document as UTF-8 bytes; see ``text(_:)``.
    package func bytes(_ layout: Layout = .compact) -> [UInt8] {
        var writer = JSONWriter(layout: layout)
        writer.write(self, level: 0)
        return writer.bytes
    }

    /// The same document with the members of every object sorted by the UTF-8 bytes of their names.
    ///
    /// With ``text(_:)`` in compact layout this is the canonical form that hashes are taken over.
    package var sorted: JSONValue {
        switch self {
        case .object(let object):
            var result = JSONObject()
            for member in object.members.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
                result[member.name] = member.value.sorted
            }
            return .object(result)
        case .array(let elements):
            return .array(elements.map(\.sorted))
        default:
            return self
        }
    }
}

struct JSONWriter {
    let layout: JSONValue.Layout
    var bytes: [UInt8] = []

    init(layout: JSONValue.Layout) {
        self.layout = layout
        bytes.reserveCapacity(256)
    }

    mutating func write(_ value: JSONValue, level: Int) {
        switch value {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): bytes.append(contentsOf: (flag ? "true" : "false").utf8)
        case .number(let number): bytes.append(contentsOf: number.literal.utf8)
        case .string(let text): write(text)
        case .array(let elements): write(elements, level: level)
        case .object(let object): write(object, level: level)
        }
    }

    private mutating func write(_ elements: [JSONValue], level: Int) {
        bytes.append(UInt8(ascii: "["))
        for (index, element) in elements.enumerated() {
            separate(index, level: level + 1)
            write(element, level: level + 1)
        }
        close(UInt8(ascii: "]"), isEmpty: elements.isEmpty, level: level)
    }

    private mutating func write(_ object: JSONObject, level: Int) {
        bytes.append(UInt8(ascii: "{"))
        for (index, member) in object.members.enumerated() {
            separate(index, level: level + 1)
            write(member.name)
            bytes.append(UInt8(ascii: ":"))
            if layout == .indented {
                bytes.append(0x20)
            }
            write(member.value, level: level + 1)
        }
        close(UInt8(ascii: "}"), isEmpty: object.isEmpty, level: level)
    }

    private mutating func separate(_ index: Int, level: Int) {
        if index > 0 {
            bytes.append(UInt8(ascii: ","))
        }
        newLine(level)
    }

    private mutating func close(_ bracket: UInt8, isEmpty: Bool, level: Int) {
        if !isEmpty {
            newLine(level)
        }
        bytes.append(bracket)
    }

    private mutating func newLine(_ level: Int) {
        guard layout == .indented else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: level * 2))
    }

    private mutating func write(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            var start = 0
            for (position, byte) in utf8.enumerated() where byte < 0x20 || byte == 0x22 || byte == 0x5C {
                bytes.append(contentsOf: utf8[start..<position])
                writeEscape(byte)
                start = position + 1
            }
            bytes.append(contentsOf: utf8[start...])
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private mutating func writeEscape(_ byte: UInt8) {
        bytes.append(UInt8(ascii: "\\"))
        switch byte {
        case 0x22, 0x5C: bytes.append(byte)
        case 0x08: bytes.append(UInt8(ascii: "b"))
        case 0x0C: bytes.append(UInt8(ascii: "f"))
        case 0x0A: bytes.append(UInt8(ascii: "n"))
        case 0x0D: bytes.append(UInt8(ascii: "r"))
        case 0x09: bytes.append(UInt8(ascii: "t"))
        default:
            let digits = Array("0123456789abcdef".utf8)
            bytes.append(contentsOf: "u00".utf8)
            bytes.append(digits[Int(byte >> 4)])
            bytes.append(digits[Int(byte & 15)])
        }
    }
}
