// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The folders that come with the executable: change types and AWS service models.
struct BundledResources {
    /// Change type folders, `<id>/<version>/`.
    let changeTypes: URL
    /// AWS CLI models, `<service>/<version>/service-2.json`.
    let models: URL

    /// Finds the folders beside the executable, or in `../share/assent` for an installed one.
    /// - Throws: ``SetupError`` that tells where they were looked for.
    init() throws {
        let executable = URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath()
        let folder = executable.deletingLastPathComponent()
        let candidates = [
            folder.appendingPathComponent("assent_assent.resources", isDirectory: true),
            folder.deletingLastPathComponent().appendingPathComponent("share/assent", isDirectory: true),
        ]
        let found = candidates.first { candidate in
            FileManager.default.fileExists(atPath: candidate.appendingPathComponent("ChangeTypes").path)
        }
        guard let found else {
            let places = candidates.map(\.path).joined(separator: " nor in ")
            throw SetupError("the change types that belong to this executable are neither in \(places)")
        }
        changeTypes = found.appendingPathComponent("ChangeTypes", isDirectory: true)
        models = found.appendingPathComponent("Models", isDirectory: true)
    }
}
