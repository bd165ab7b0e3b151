// SPDX-License-Identifier: Apache-2.0

import Foundation
import Synchronization

/// What a number of clients got done at the same time.
struct Throughput: Sendable {
    /// Finished operations a second, over all clients.
    let perSecond: Double
    /// The middle of all durations, in milliseconds.
    let median: Double
    /// What 99 % of the durations stay below, in milliseconds.
    let p99: Double
}

/// Drives operations from several threads, after a warm-up.
enum Load {
    /// Measures an operation.
    /// - Parameters:
    ///   - clients: How many threads call at the same time, each waiting for its answer.
    ///   - seconds: How long is measured; a quarter of it is spent on warming up before.
    ///   - client: Makes one thread's operation.
    /// - Returns: what was measured.
    /// - Throws: the first error of an operation.
    static func measure(
        clients: Int,
        seconds: Double,
        _ client: @escaping @Sendable (Int) throws -> (() throws -> Void)
    ) throws -> Throughput {
        let outcome = Mutex<(durations: [Double], failure: (any Error)?)>(([], nil))
        let start = now() + seconds / 4
        let end = start + seconds
        let left = DispatchGroup()
        for index in 0..<clients {
            left.enter()
            let thread = Thread {
                defer { left.leave() }
                do {
                    let operation = try client(index)
                    var durations: [Double] = []
                    while true {
                        let before = now()
                        guard before < end else { break }
                        try operation()
                        let after = now()
                        if before >= start, after <= end {
                            durations.append(after - before)
                        }
                    }
                    outcome.withLock { $0.durations += durations }
                } catch {
                    outcome.withLock { $0.failure = error }
                }
            }
            thread.start()
        }
        left.wait()
        let (durations, failure) = outcome.withLock { $0 }
        if let failure { throw failure }
        guard !durations.isEmpty else { throw BenchError("nothing was finished in \(seconds) s") }
        let sorted = durations.sorted()
        return Throughput(
            perSecond: Double(sorted.count) / seconds,
            median: sorted[sorted.count / 2] * 1000,
            p99: sorted[min(sorted.count - 1, sorted.count * 99 / 100)] * 1000
        )
    }

    /// Seconds of a clock that never jumps.
    static func now() -> Double {
        Double(DispatchTime.now().uptimeNanoseconds) / 1e9
    }
}
