// SPDX-License-Identifier: Apache-2.0

package import CoreValues
import Synchronization

/// A clock that stands still until a test moves it.
package final class ManualTime: TimeSource {
    private let present: Mutex<Timestamp>

    /// Starts at a moment; 2026-11-24T12:00:00Z unless said otherwise.
    package init(_ start: Timestamp = Timestamp(year: 2026, month: 11, day: 24, hour: 12)) {
        present = Mutex(start)
    }

    package func now() -> Timestamp {
        present.withLock { $0 }
    }

    /// Moves the clock by whole seconds.
    package func advance(bySeconds seconds: Int64) {
        present.withLock { $0 = $0.advanced(bySeconds: seconds) }
    }
}

/// Identifiers that are the same on every run.
package final class SeededIDs: IDGenerator, RandomSource {
    private let generator: Mutex<SeededGenerator>

    /// Makes a generator of reproducible identifiers.
    package init(seed: UInt64 = 1) {
        generator = Mutex(SeededGenerator(seed: seed))
    }

    package func uuid() -> String {
        let text = Hex.encode(bytes(16))
        let cuts = [0, 8, 12, 16, 20, 32]
        return zip(cuts, cuts.dropFirst())
            .map { start, end in
                String(text.dropFirst(start).prefix(end - start))
            }
            .joined(separator: "-")
    }

    package func alphanumeric(_ length: Int) -> String {
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz0123456789")
        return generator.withLock { generator in
            String((0..<length).map { _ in generator.pick(alphabet) })
        }
    }

    package func bytes(_ count: Int) -> [UInt8] {
        generator.withLock { generator in
            (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        }
    }
}
