// SPDX-License-Identifier: Apache-2.0

package import EmbeddedAWS
import ServiceLifecycle

/// Drives the stacks of the embedded AWS as long as the process serves.
package struct EmbeddedStackRunner: Service {
    private let runner: StackRunner

    /// Makes a service of the account's runner.
    package init(_ runner: StackRunner) {
        self.runner = runner
    }

    /// Resumes what an earlier process left unfinished, and works until the process is asked to stop.
    package func run() async throws {
        try await withGracefulShutdownHandler {
            try await runner.run()
        } onGracefulShutdown: {
            runner.stop()
        }
    }
}
