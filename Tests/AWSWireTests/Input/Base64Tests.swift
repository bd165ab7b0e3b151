// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Foundation
import TestSupport
import Testing

struct Base64Tests {
    /// RFC 4648 §10.
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func `the standard's own vectors`(_ text: String, _ encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: [
        "=", "==", "====", "Z", "Zg", "Zg=", "Zg===", "Zg====", "Zm8", "Zm8==", "Zm9v=", "Zm9v==", "Zm9v====", "Z===",
        "Zh==", "Zm9=", "Zg==Zg==", "Zg=g", "=Zg=", "Zm9-", "Zm9_", "Zm9 ", " Zm9v", "Zm9v\t", "Zm9v\u{0}", "Zm9é",
        "Zg==\u{200B}",
    ])
    func `anything but canonical padded base64 is refused`(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test(arguments: ["Zm9v\n", "Zm9v\r\nYmFy", "Z\nm9v", "Zg=\n="])
    func `line breaks are skipped`(_ text: String) {
        #expect(Base64.decode(text) != nil)
    }

    @Test func `it agrees with Foundation`() {
        var generator = SeededGenerator(seed: 5)
        for length in 0..<200 {
            let bytes = (0..<length).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let text = Base64.encode(bytes)
            #expect(text == Data(bytes).base64EncodedString())
            #expect(Base64.decode(text) == bytes)
        }
    }
}
