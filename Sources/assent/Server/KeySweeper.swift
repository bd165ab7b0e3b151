// SPDX-License-Identifier: Apache-2.0

import EmbeddedAWS
import Logging
import ServiceLifecycle

/// Removes keys whose deletion has fallen due, at start and every hour, and makes rotations that have.
///
/// Nothing depends on it: a key that is due counts as gone or rotated for everybody who asks.
struct KeySweeper: Service {
    let kms: KMSService
    let logger: Logger

    func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await kms.sweep()
                } catch {
                    logger.warning("keys could not be swept", metadata: ["error": "\(error)"])
                }
                try? await Task.sleep(for: .seconds(3600))
            }
        }
    }
}
