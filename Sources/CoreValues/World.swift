// SPDX-License-Identifier: Apache-2.0

/// Tells the wall-clock time; the composition root injects the machine's, tests a manual one.
package protocol TimeSource: Sendable {
    /// The present moment.
    func now() -> Timestamp
}

/// Makes identifiers nobody has used before; the composition root injects a random one, tests a seeded one.
package protocol IDGenerator: Sendable {
    /// A fresh identifier in the 8-4-4-4-12 lower-case hexadecimal form.
    func uuid() -> String

    /// `length` characters out of `a`…`z` and `0`…`9`.
    func alphanumeric(_ length: Int) -> String
}

/// Cryptographically strong random bytes; the production source is the system's and can't be configured away.
package protocol RandomSource: Sendable {
    /// `count` unpredictable bytes.
    func bytes(_ count: Int) -> [UInt8]
}
