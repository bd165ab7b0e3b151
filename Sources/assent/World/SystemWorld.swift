// SPDX-License-Identifier: Apache-2.0

import CoreValues
import FoundationEssentials

/// The machine's wall clock.
struct SystemTime: TimeSource {
    func now() -> Timestamp {
        Timestamp(milliseconds: Int64((Date().timeIntervalSince1970 * 1000).rounded(.down)))
    }
}

/// Identifiers and bytes from the system's cryptographic random number generator.
struct SystemRandomness: IDGenerator, RandomSource {
    private static let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789".utf8)

    func uuid() -> String {
        UUID().uuidString.lowercased()
    }

    func alphanumeric(_ length: Int) -> String {
        var generator = SystemRandomNumberGenerator()
        let characters = (0..<length)
            .map { _ in
                Self.alphabet[Int.random(in: 0..<Self.alphabet.count, using: &generator)]
            }
        return String(decoding: characters, as: UTF8.self)
    }

    func bytes(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        var bytes: [UInt8] = []
        bytes.reserveCapacity(count + 8)
        while bytes.count < count {
            withUnsafeBytes(of: generator.next() as UInt64) { bytes.append(contentsOf: $0) }
        }
        bytes.removeLast(bytes.count - count)
        return bytes
    }
}
