// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AsyncHTTPClient
import CoreValues
import Foundation
import JSONDocument
import NIOCore
import NIOHTTP1

/// A server that runs on this machine, asked over its own API with the credentials that its data directory keeps.
struct RunningServer {
    /// The account and region that the server has.
    let identity: AccountSettings
    private let endpoint: String
    private let host: String
    private let credentials: SigningCredentials

    /// Reads the AWS CLI's files of a data directory.
    /// - Throws: ``SetupError`` when the folder belongs to no server.
    init(directory: DataDirectory) throws {
        guard let identity = try directory.accountSettings() else {
            throw SetupError("\(directory.url.path) holds no server; give the --data-dir of one that runs")
        }
        func value(_ name: String, in file: String) throws -> String {
            let url = directory.awsURL.appendingPathComponent(file)
            let text = (try? String(contentsOf: url, encoding: .utf8)) ?? ""
            for line in text.split(separator: "\n") {
                let parts = line.split(separator: "=", maxSplits: 1).map { $0.trimmingCharacters(in: .whitespaces) }
                if parts.count == 2, parts[0] == name {
                    return parts[1]
                }
            }
            throw SetupError("\(url.path) has no `\(name)`; run `assent serve` once with this --data-dir")
        }
        self.identity = identity
        endpoint = try value("endpoint_url", in: "config")
        guard let url = URL(string: endpoint), let name = url.host else {
            throw SetupError("\(directory.awsURL.path)/config: `\(endpoint)` is no URL")
        }
        host = url.port.map { "\(name):\($0)" } ?? name
        credentials = SigningCredentials(
            accessKeyID: try value("aws_access_key_id", in: "credentials"),
            secretAccessKey: try value("aws_secret_access_key", in: "credentials")
        )
    }

    /// The policy of a key, by its id, ARN or alias.
    func keyPolicy(_ key: String) async throws -> String {
        let description = try await json("TrentService.DescribeKey", "kms", ["KeyId": .string(key)])
        let id = description["KeyMetadata"]?["KeyId"]?.string ?? key
        let answer = try await json(
            "TrentService.GetKeyPolicy",
            "kms",
            ["KeyId": .string(id), "PolicyName": "default"]
        )
        guard let policy = answer["Policy"]?.string else { throw SetupError("the server answered without a policy") }
        return policy
    }

    /// The key policy that an RFC's plan has, approved or not.
    func plannedPolicy(_ rfc: String) async throws -> String {
        let answer = try await json("AWSEnergonService.GetRfcPlan", "amscm", ["RfcId": .string(rfc)])
        guard let policy = (answer["KeyPolicy"]?.string).flatMap({ try? JSONValue(parsing: $0) }) else {
            throw SetupError("RFC \(rfc) makes no KMS key")
        }
        return policy.text(.indented)
    }

    // MARK: Calls

    private func json(_ target: String, _ service: String, _ body: JSONValue) async throws -> JSONValue {
        let headers = [("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target)]
        let answer = try await call(service, headers, body.bytes())
        guard let document = try? JSONValue(parsing: answer) else {
            throw SetupError("\(endpoint) answered \(target) with something that isn't JSON")
        }
        return document
    }

    private func call(_ service: String, _ headers: [(String, String)], _ body: [UInt8]) async throws -> String {
        let signer = SigV4Signer(credentials: credentials, service: service, region: identity.region)
        let signed = signer.signed(
            SignableRequest(
                method: "POST",
                path: "/",
                headers: [(name: "host", value: host)] + headers.map { (name: $0.0, value: $0.1) },
                body: body
            ),
            now: SystemTime().now()
        )
        var request = HTTPClientRequest(url: endpoint + "/")
        request.method = .POST
        for header in signed.headers {
            request.headers.replaceOrAdd(name: header.name, value: header.value)
        }
        request.body = .bytes(ByteBuffer(bytes: body))
        let status: Int
        let text: String
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(30))
            status = Int(response.status.code)
            text = String(buffer: try await response.body.collect(upTo: 8 << 20))
        } catch {
            throw SetupError("no server answers at \(endpoint): \(error); start one with `assent serve`")
        }
        guard status == 200 else { throw SetupError(Self.refusal(status, text)) }
        return text
    }

    private static func refusal(_ status: Int, _ text: String) -> String {
        let body = try? JSONValue(parsing: text)
        let name = body?["__type"]?.string ?? "status \(status)"
        let message = body?["message"]?.string ?? body?["Message"]?.string ?? text
        return "the server refused: \(name): \(message)"
    }
}
