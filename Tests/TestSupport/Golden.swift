// SPDX-License-Identifier: Apache-2.0

import Foundation

/// A file whose bytes a test expects, kept beside the test under `Goldens/`.
package enum Golden {
    /// What a comparison found.
    package enum Outcome: Equatable {
        /// The bytes are the same, or were written because `UPDATE_GOLDENS=1` is set.
        case matches
        /// They differ; the text says where.
        case differs(String)
    }

    /// Compares `actual` with the file `name` in the `Goldens` folder of the test target.
    ///
    /// `UPDATE_GOLDENS=1` in the environment writes the file instead.
    package static func compare(_ actual: String, _ name: String, file: String = #filePath) -> Outcome {
        let source = URL(fileURLWithPath: file)
        var folder = source.deletingLastPathComponent()
        while !folder.lastPathComponent.hasSuffix("Tests") && folder.path != "/" {
            folder.deleteLastPathComponent()
        }
        let golden = folder.appendingPathComponent("Goldens").appendingPathComponent(name)
        if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] == "1" {
            try? FileManager.default.createDirectory(
                at: golden.deletingLastPathComponent(),
                withIntermediateDirectories: true
            )
            try? Data(actual.utf8).write(to: golden)
            return .matches
        }
        guard let data = try? Data(contentsOf: golden) else {
            return .differs("no golden file \(name); UPDATE_GOLDENS=1 writes it")
        }
        let expected = String(decoding: data, as: UTF8.self)
        guard expected != actual else { return .matches }
        let lines = expected.split(separator: "\n", omittingEmptySubsequences: false)
        let others = actual.split(separator: "\n", omittingEmptySubsequences: false)
        for (number, pair) in zip(lines, others).enumerated() where pair.0 != pair.1 {
            return .differs("\(name), line \(number + 1):\n expected \(pair.0)\n found    \(pair.1)")
        }
        return .differs("\(name): \(lines.count) lines expected, \(others.count) found")
    }
}
