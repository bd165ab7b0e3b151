// SPDX-License-Identifier: Apache-2.0

extension SignableRequest {
    /// Reads the text of an HTTP/1.1 request as test vectors write it.
    ///
    /// Lines may end in LF or CRLF, the target may hold spaces and raw UTF-8, a line that starts with white space
    /// continues the header value before it, and everything after the empty line is the body.
    /// - Returns: `nil` when there is no request line or a header line has no colon.
    init?(parsing bytes: [UInt8]) {
        var rest = bytes[...]
        guard let line = Self.nextLine(&rest), let (method, target) = Self.requestLine(line) else { return nil }
        var headers: [(name: String, value: String)] = []
        while let line = Self.nextLine(&rest), let first = line.first {
            if first == 0x20 || first == 0x09 {
                guard let last = headers.popLast() else { return nil }
                headers.append((last.name, last.value + "\n" + Self.text(line)))
                continue
            }
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return nil }
            headers.append((Self.text(line[..<colon]), Self.text(line[(colon + 1)...])))
        }
        let mark = target.firstIndex(of: UInt8(ascii: "?")) ?? target.endIndex
        self.init(
            method: method,
            path: Self.text(target[..<mark]),
            query: Self.text(target[mark...].dropFirst()),
            headers: headers,
            body: Array(rest)
        )
    }

    private static func requestLine(_ line: ArraySlice<UInt8>) -> (method: String, target: ArraySlice<UInt8>)? {
        guard let first = line.firstIndex(of: 0x20), let last = line.lastIndex(of: 0x20), first < last,
            matches(text(line[last...].dropFirst().prefix(7)), lowercased: "http/1.")
        else { return nil }
        return (text(line[..<first]), line[(first + 1)..<last])
    }

    /// Takes a line without its end off the front; `nil` at the end.
    private static func nextLine(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        guard !rest.isEmpty else { return nil }
        let end = rest.firstIndex(of: 0x0A) ?? rest.endIndex
        let line = rest[..<end]
        rest = rest[end...].dropFirst()
        return line.last == 0x0D ? line.dropLast() : line
    }

    private static func text(_ bytes: ArraySlice<UInt8>) -> String {
        String(decoding: bytes, as: UTF8.self)
    }
}
