// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Foundation

/// `assent aws-config`: installs a named profile and the service models into `~/.aws`.
struct AWSConfigCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "aws-config",
        abstract: "Install a named profile for this server into ~/.aws, keeping what is there.",
        discussion: """
            Adds [profile NAME] to ~/.aws/config and [NAME] to ~/.aws/credentials, and copies the amscm and amsskms \
            service models to ~/.aws/models. Every file that changes is first copied to FILE.before-assent. A profile \
            that exists already is left alone, and the command fails.
            """
    )

    @Option(help: "The name of the profile.")
    var profile = "assent"

    @Option(help: "The server's folder (default: assent under the user's data home).")
    var dataDir: String?

    func validate() throws {
        guard profile.wholeMatch(of: /[A-Za-z0-9_.-]+/) != nil, profile != "default" else {
            throw ValidationError("--profile: use letters, digits, `_`, `.` and `-`, and another name than `default`")
        }
    }

    func run() async throws {
        let directory = DataDirectory(path: dataDir)
        let files = try InstalledProfile(directory: directory, profile: profile)
        try files.install()
        print("Profile `\(profile)` is installed. Use it with: aws --profile \(profile) amscm help")
    }
}

/// One profile's way from a data directory into `~/.aws`.
private struct InstalledProfile {
    private let source: URL
    private let target: URL
    private let profile: String

    init(directory: DataDirectory, profile: String) throws {
        source = directory.awsURL
        guard let home = ProcessInfo.processInfo.environment["HOME"] else {
            throw SetupError("HOME is not set, so there is no ~/.aws")
        }
        target = URL(fileURLWithPath: home, isDirectory: true).appendingPathComponent(".aws", isDirectory: true)
        self.profile = profile
    }

    func install() throws {
        let config = try read("config").replacing("[default]", with: "[profile \(profile)]")
            .replacing("services = assent\n", with: "services = \(profile)\n")
            .replacing("[services assent]", with: "[services \(profile)]")
        let credentials = try read("credentials").replacing("[default]", with: "[\(profile)]")
        try FileManager.default.createDirectory(
            at: target,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        let sections = ["[profile \(profile)]", "[services \(profile)]", "[\(profile)]"]
        for name in ["config", "credentials"] {
            let present = (try? String(contentsOf: target.appendingPathComponent(name), encoding: .utf8)) ?? ""
            let lines = present.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
            if let taken = sections.first(where: { lines.contains($0) }) {
                throw SetupError(
                    "\(target.path)/\(name) has a section \(taken) already; remove it, or choose another --profile"
                )
            }
        }
        try append(config, to: "config")
        try append(credentials, to: "credentials")
        let models = target.appendingPathComponent("models", isDirectory: true)
        try keepOldModels(models)
        try AWSClientFiles.installModels(from: source.appendingPathComponent("models"), to: models)
    }

    private func read(_ name: String) throws -> String {
        let url = source.appendingPathComponent(name)
        guard let text = try? String(contentsOf: url, encoding: .utf8) else {
            throw SetupError("\(url.path) can't be read; run `assent serve` once with this --data-dir first")
        }
        return text
    }

    private func append(_ section: String, to name: String) throws {
        let url = target.appendingPathComponent(name)
        var text = ""
        if let present = try? String(contentsOf: url, encoding: .utf8) {
            try PrivateFile.write(present, to: freeBackup(of: url))
            text = present.hasSuffix("\n") || present.isEmpty ? present : present + "\n"
            text += text.isEmpty ? "" : "\n"
        }
        try PrivateFile.write(text + section, to: url)
    }

    /// Keeps models of the same services that somebody else installed.
    private func keepOldModels(_ models: URL) throws {
        for service in ["amscm", "amsskms"] {
            let folder = models.appendingPathComponent(service, isDirectory: true)
            guard FileManager.default.fileExists(atPath: folder.path) else { continue }
            try FileManager.default.copyItem(
                at: folder,
                to: freeBackup(of: target.appendingPathComponent("models-\(service)"))
            )
        }
    }

    private func freeBackup(of url: URL) -> URL {
        var backup = url.appendingPathExtension("before-assent")
        var number = 1
        while FileManager.default.fileExists(atPath: backup.path) {
            number += 1
            backup = url.appendingPathExtension("before-assent-\(number)")
        }
        return backup
    }
}
