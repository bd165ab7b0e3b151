// SPDX-License-Identifier: Apache-2.0

/// The path line of a canonical request, in every form that signers are known to produce.
enum CanonicalPath {
    /// The forms, most usual first, none twice.
    ///
    /// AWS services other than S3 remove dot segments and repeated slashes and encode the path of the request line
    /// once more. S3's signers, and others by configuration, leave out either step.
    /// Source: IAM user guide, "Create a signed AWS API request", canonical URI.
    static func forms(_ path: String) -> [[UInt8]] {
        if path.isEmpty || path == "/" {
            return [[UInt8(ascii: "/")]]
        }
        let wire = Array(path.utf8)
        let normalized = removingDotSegments(wire)
        var forms = [encoded(normalized)]
        func add(_ form: [UInt8]) {
            if !forms.contains(form) {
                forms.append(form)
            }
        }
        add(encoded(wire))
        for path in [normalized, wire] where isPrintable(path) {
            add(path)
        }
        for path in [normalized, wire] {
            add(encoded(PercentEncoding.decode(path[...], plusIsSpace: false)))
        }
        return forms
    }

    /// The form that AWS services other than S3 compute.
    static func standard(_ path: String) -> [UInt8] {
        path.isEmpty ? [UInt8(ascii: "/")] : encoded(removingDotSegments(Array(path.utf8)))
    }

    /// Whether the bytes can stand in a canonical request as they are: no control character, no space.
    static func isPrintable(_ bytes: some Sequence<UInt8>) -> Bool {
        bytes.allSatisfy { (0x21...0x7E).contains($0) }
    }

    private static func encoded(_ path: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(path.count + 16)
        PercentEncoding.append(path, keepingSlashes: true, to: &bytes)
        return bytes
    }

    private static func removingDotSegments(_ path: [UInt8]) -> [UInt8] {
        var segments: [ArraySlice<UInt8>] = []
        for segment in path.split(separator: UInt8(ascii: "/")) {
            if segment.elementsEqual("..".utf8) {
                _ = segments.popLast()
            } else if !segment.elementsEqual(".".utf8) {
                segments.append(segment)
            }
        }
        var result: [UInt8] = []
        result.reserveCapacity(path.count)
        for segment in segments {
            result.append(UInt8(ascii: "/"))
            result.append(contentsOf: segment)
        }
        if segments.isEmpty || path.last == UInt8(ascii: "/") {
            result.append(UInt8(ascii: "/"))
        }
        return result
    }
}
