// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import Foundation

/// The AWS CLI's and SDKs' files in the data directory, kept true at each start.
struct ClientConfiguration {
    let settings: ServerSettings
    let directory: DataDirectory
    let models: URL

    /// Writes configuration and models, and on first start an administrator's access key.
    ///
    /// A key whose file was lost in a crash is simply never used; the next start makes another.
    func write(administrator: ARN, _ authority: CredentialAuthority) throws {
        let files = AWSClientFiles(endpoint: settings.endpoint, region: settings.identity.region)
        let folder = directory.awsURL
        try FileManager.default.createDirectory(
            at: folder,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
        try AWSClientFiles.installModels(from: models, to: folder.appendingPathComponent("models", isDirectory: true))
        let config = folder.appendingPathComponent("config")
        let text = files.configSections(profile: "default")
        if (try? String(contentsOf: config, encoding: .utf8)) != text {
            try PrivateFile.write(text, to: config)
        }
        let credentials = folder.appendingPathComponent("credentials")
        guard !FileManager.default.fileExists(atPath: credentials.path) else { return }
        let key = try authority.createAccessKey(for: administrator, at: SystemTime().now())
        let section = files.credentialsSection(
            profile: "default",
            accessKeyID: key.accessKeyID,
            secretAccessKey: key.secretAccessKey
        )
        try PrivateFile.write(section, to: credentials)
    }
}
