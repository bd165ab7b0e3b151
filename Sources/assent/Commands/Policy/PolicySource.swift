// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import CoreValues
import Foundation
import JSONDocument

/// Where a policy comes from, and what is known of its key.
struct PolicySource: ParsableArguments {
    @Option(help: "The RFC whose key policy is meant.")
    var rfc: String?

    @Option(help: "The key whose policy is meant: an id, an ARN or an alias.")
    var key: String?

    @Option(help: "The folder of the server to ask (default: assent under the user's data home).")
    var dataDir: String?

    @Option(help: "The account that owns the key (default: the server's, or the one the policy delegates to).")
    var account: String?

    @Option(help: "The region that the key is in (default: the server's, or us-east-1).")
    var region: String?

    /// The one policy that is meant: a file or what the options name.
    func policy(_ file: String?) async throws -> LoadedPolicy {
        let places = [file, rfc.map { "rfc:" + $0 }, key.map { "key:" + $0 }].compactMap(\.self)
        guard let place = places.first, places.count == 1 else {
            throw ValidationError("give one policy: a file, --rfc or --key")
        }
        return try await load(place)
    }

    /// Every policy that is meant, at least one.
    func policies(_ files: [String]) async throws -> [LoadedPolicy] {
        let places = files + [rfc.map { "rfc:" + $0 }, key.map { "key:" + $0 }].compactMap(\.self)
        guard !places.isEmpty else { throw ValidationError("give a policy: a file, --rfc or --key") }
        var policies: [LoadedPolicy] = []
        for place in places {
            policies.append(try await load(place))
        }
        return policies
    }

    /// Reads a policy from a file, from standard input, from a key or from an RFC.
    func load(_ place: String) async throws -> LoadedPolicy {
        let given = try account.map { text in
            guard let account = AccountID(text) else {
                throw ValidationError("--account: `\(text)` is no account; an account has twelve digits")
            }
            return account
        }
        let text: String
        var server: AccountSettings?
        do {
            if place.hasPrefix("key:") || place.hasPrefix("rfc:") {
                let running = try RunningServer(directory: DataDirectory(path: dataDir))
                let id = String(place.dropFirst(4))
                text = place.hasPrefix("key:") ? try await running.keyPolicy(id) : try await running.plannedPolicy(id)
                server = running.identity
            } else {
                text = try Self.read(place)
            }
        } catch let error as SetupError {
            throw PolicyExit.unusable(error)
        }
        let delegated = (try? PolicyDocument(parsing: text)).flatMap { Findings.likelyAccount(of: $0) }
        guard let account = given ?? server?.account ?? delegated ?? AccountID("123456789012") else {
            throw ValidationError("name the account that owns the key with --account")
        }
        return LoadedPolicy(
            place: place,
            text: text,
            account: account,
            region: region ?? server?.region ?? "us-east-1"
        )
    }

    static func read(_ file: String) throws -> String {
        if file == "-" {
            return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
        }
        do {
            return String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
        } catch {
            throw SetupError("\(file) can't be read: \(error.localizedDescription)")
        }
    }
}

/// A policy with what is known of its key.
struct LoadedPolicy {
    /// Where it comes from, as the command line says it.
    let place: String
    let text: String
    let account: AccountID
    let region: String

    /// The policy, read.
    func document() throws -> PolicyDocument {
        do {
            return try PolicyDocument(parsing: text)
        } catch {
            throw PolicyExit.unusable("\(place): \(error)")
        }
    }

    var partition: String {
        region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
    }

    var facts: KeyFacts {
        KeyFacts(account: account, region: region, partition: partition)
    }
}
