// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Testing

@Suite("Base64 and hexadecimal text")
struct EncodingTests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"), ("\u{FF}\u{BF}", "w7/Cvw=="),
    ])
    func `base64 is padded`(text: String, encoded: String) {
        #expect(Base64.encode(Array(text.utf8)) == encoded)
        #expect(Base64.decode(encoded) == Array(text.utf8))
    }

    @Test(arguments: [
        "Z", "Zg", "Zg=", "Zg===", "Zm8", "Zm9v=", "Zm9v====", "Zh==", "Zm9=", "Zm9v Zg==", "Z-_v", "Zg==Zg==", "=",
        "====",
        "Zm9vé", "=Zg=", "Z=g=",
    ])
    func `malformed base64 is refused`(text: String) {
        #expect(Base64.decode(text) == nil)
    }

    @Test func `line breaks in base64 are skipped`() {
        #expect(Base64.decode("Zm9v\r\nYmFy\n") == Array("foobar".utf8))
    }

    @Test func `all bytes survive`() {
        let bytes = (0...255).map { UInt8($0) }
        for count in [0, 1, 2, 3, 100, 255, 256] {
            let part = Array(bytes.prefix(count))
            #expect(Base64.decode(Base64.encode(part)) == part)
            #expect(Hex.decode(Hex.encode(part)) == part)
        }
        #expect(Base64.encode([0xFB, 0xFF, 0xBF]) == "+/+/")
    }

    @Test func `hexadecimal text is lower case and read in either`() {
        #expect(Hex.encode([0x00, 0x9A, 0xFF]) == "009aff")
        #expect(Hex.decode("009aFF") == [0x00, 0x9A, 0xFF])
        #expect(Hex.decode("") == [])
    }

    @Test(arguments: ["0", "abc", "0g", "0x00", " 00", "é0", "00\n"])
    func `malformed hexadecimal text is refused`(text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
