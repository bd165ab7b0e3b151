// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Files that only their owner may read, replaced as a whole or not at all.
enum PrivateFile {
    /// Writes a file of mode 0600 through a neighbour and a rename, flushed to disk.
    static func write(_ text: String, to url: URL) throws {
        try write(Array(text.utf8), to: url)
    }

    /// Writes a file of mode 0600 through a neighbour and a rename, flushed to disk.
    static func write(_ bytes: [UInt8], to url: URL) throws {
        let neighbour = url.appendingPathExtension("new")
        let descriptor = open(neighbour.path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", neighbour) }
        defer { close(descriptor) }
        guard fchmod(descriptor, 0o600) == 0 else { throw failure("protect", neighbour) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw failure("write", neighbour) }
            written += count
        }
        guard fsync(descriptor) == 0 else { throw failure("flush", neighbour) }
        guard rename(neighbour.path, url.path) == 0 else { throw failure("replace", url) }
        try flushFolder(url.deletingLastPathComponent())
    }

    /// Makes a rename inside a folder survive power loss.
    private static func flushFolder(_ folder: URL) throws {
        let descriptor = open(folder.path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("open", folder) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("flush", folder) }
    }

    private static func failure(_ verb: String, _ url: URL) -> SetupError {
        SetupError("can't \(verb) \(url.path): \(String(cString: strerror(errno)))")
    }
}
