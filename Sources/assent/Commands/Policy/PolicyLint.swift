// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import ArgumentParser
import JSONDocument

/// `assent policy lint FILE...`: what there is to know about key policies.
struct PolicyLint: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Report what key policies do that few would expect.",
        discussion: """
            Ends with status 1 when a finding is at least as grave as --fail-on, 64 when a file can't be read. \
            The rules are listed in docs/findings.md.
            """
    )

    @Argument(help: "Files with a key policy each, - for standard input, key:ID or rfc:ID.")
    var files: [String] = []

    @OptionGroup var source: PolicySource

    @Option(help: "The least severity that makes the command fail.")
    var failOn = Finding.Severity.high

    @Flag(help: "Print the findings as JSON.")
    var json = false

    func run() async throws {
        let reports = try await source.policies(files)
            .map { policy in
                (file: policy.place, findings: Findings.keyPolicyText(policy.text, facts: policy.facts))
            }
        if json {
            PolicyTerminal.show(.array(reports.flatMap { file, found in found.map { $0.document(file) } }))
        } else {
            for (file, findings) in reports {
                PolicyTerminal.show(findings.isEmpty ? ["\(file): no findings"] : findings.map { $0.line(file) })
            }
        }
        if reports.contains(where: { $0.findings.contains { $0.severity >= failOn } }) {
            throw PolicyExit.no
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
