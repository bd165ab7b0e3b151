// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import CoreValues
import Foundation
import JSONDocument

/// `assent policy`: questions about key policies.
struct PolicyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "policy",
        abstract: "Check key policies.",
        subcommands: [Lint.self]
    )

    /// `assent policy lint FILE...`: what there is to know about key policies.
    struct Lint: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "lint",
            abstract: "Report what key policies do that few would expect.",
            discussion: """
                Ends with status 1 when a finding is at least as grave as --fail-on, 64 when a file can't be read. \
                The rules are listed in docs/findings.md.
                """
        )

        @Argument(help: "Files with a key policy each; - is standard input.")
        var files: [String]

        @Option(help: "The account that owns the key (default: the one the policy delegates to).")
        var account: String?

        @Option(help: "The region that the key is in.")
        var region = "us-east-1"

        @Option(help: "The least severity that makes the command fail.")
        var failOn = Finding.Severity.high

        @Flag(help: "Print the findings as JSON.")
        var json = false

        func run() async throws {
            let given = try account.map { text in
                guard let account = AccountID(text) else {
                    throw ValidationError("--account: `\(text)` is no account; an account has twelve digits")
                }
                return account
            }
            var reports: [(file: String, findings: [Finding])] = []
            for file in files {
                let text = try read(file)
                reports.append((file, Findings.keyPolicyText(text, facts: try facts(for: text, account: given))))
            }
            if json {
                print(
                    JSONValue.array(reports.flatMap { file, found in found.map { $0.document(file) } }).text(.indented)
                )
            } else {
                for (file, findings) in reports {
                    print(
                        findings.isEmpty
                            ? "\(file): no findings" : findings.map { $0.line(file) }.joined(separator: "\n")
                    )
                }
            }
            if reports.contains(where: { $0.findings.contains { $0.severity >= failOn } }) {
                throw ExitCode(1)
            }
        }

        private func read(_ file: String) throws -> String {
            if file == "-" {
                return String(decoding: FileHandle.standardInput.readDataToEndOfFile(), as: UTF8.self)
            }
            do {
                return String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
            } catch {
                throw ValidationError("\(file) can't be read: \(error.localizedDescription)")
            }
        }

        private func facts(for text: String, account: AccountID?) throws -> KeyFacts {
            let delegated = (try? PolicyDocument(parsing: text)).flatMap { Findings.likelyAccount(of: $0) }
            guard let account = account ?? delegated ?? AccountID("123456789012") else {
                throw ValidationError("name the account that owns the key with --account")
            }
            let partition = region.hasPrefix("cn-") ? "aws-cn" : region.hasPrefix("us-gov-") ? "aws-us-gov" : "aws"
            return KeyFacts(account: account, region: region, partition: partition)
        }
    }
}

extension Finding.Severity: ExpressibleByArgument {}

extension Finding {
    private var place: String {
        line.flatMap { line in column.map { "\(line):\($0)" } } ?? "1:1"
    }

    /// `policy.json:3:7: high UNKNOWN_ACTION …`, with what to do on a line of its own.
    fileprivate func line(_ file: String) -> String {
        "\(file):\(place): \(severity.rawValue) \(id) \(title): \(explanation)\n    fix: \(fix) (\(documentation))"
    }

    fileprivate func document(_ file: String) -> JSONValue {
        var object = JSONObject()
        object["file"] = .string(file)
        object["id"] = .string(id)
        object["severity"] = .string(severity.rawValue)
        object["statement"] = statement.map { .number(JSONNumber($0)) }
        object["pointer"] = .string(pointer.description)
        object["line"] = line.map { .number(JSONNumber($0)) }
        object["column"] = column.map { .number(JSONNumber($0)) }
        object["title"] = .string(title)
        object["explanation"] = .string(explanation)
        object["fix"] = .string(fix)
        object["documentation"] = .string(documentation)
        return .object(object)
    }
}
