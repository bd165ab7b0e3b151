// SPDX-License-Identifier: Apache-2.0

import Foundation

/// The files that make the AWS CLI and the SDKs talk to this server.
struct AWSClientFiles {
    /// The services that have an endpoint here, by the names configuration files use.
    static let services = ["amscm", "amsskms", "cloudformation", "iam", "kms", "sts"]

    /// Where the server listens, such as `http://127.0.0.1:8470`.
    let endpoint: String
    /// The region requests are signed for.
    let region: String

    /// A profile for a configuration file, with one endpoint a service.
    func configSections(profile: String) -> String {
        let title = profile == "default" ? "default" : "profile \(profile)"
        let name = profile == "default" ? "assent" : profile
        let endpoints = Self.services.map { "\($0) =\n  endpoint_url = \(endpoint)\n" }.joined()
        return """
            [\(title)]
            region = \(region)
            output = json
            cli_pager =
            services = \(name)

            [services \(name)]
            \(endpoints)
            """
    }

    /// A profile for a credentials file.
    func credentialsSection(profile: String, accessKeyID: String, secretAccessKey: String) -> String {
        """
        [\(profile)]
        aws_access_key_id = \(accessKeyID)
        aws_secret_access_key = \(secretAccessKey)

        """
    }

    /// Copies the service models below `folder`, in the layout of botocore's search path.
    static func installModels(from models: URL, to folder: URL) throws {
        for service in try FileManager.default.contentsOfDirectory(atPath: models.path).sorted() {
            for version in try FileManager.default
                .contentsOfDirectory(
                    atPath: models.appendingPathComponent(service).path
                )
                .sorted()
            {
                let place = "\(service)/\(version)"
                let source = models.appendingPathComponent(place).appendingPathComponent("service-2.json")
                let target = folder.appendingPathComponent(place, isDirectory: true)
                try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
                let text = try String(contentsOf: source, encoding: .utf8)
                let file = target.appendingPathComponent("service-2.json")
                if (try? String(contentsOf: file, encoding: .utf8)) != text {
                    try PrivateFile.write(text, to: file)
                }
            }
        }
    }
}
