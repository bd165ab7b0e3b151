// SPDX-License-Identifier: Apache-2.0

/// Wakes the worker: raised when work became durable, when a slot came free, and when an alarm goes off.
///
/// Raising it while the worker is busy makes it look once more; any number of raises in between count as one.
package struct WorkSignal: Sendable {
    let raised: AsyncStream<Void>
    private let continuation: AsyncStream<Void>.Continuation

    /// Makes a signal for one worker.
    package init() {
        (raised, continuation) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// Wakes the worker.
    package func raise() {
        continuation.yield()
    }

    /// Tells the worker that nothing will come any more.
    func finish() {
        continuation.finish()
    }
}
