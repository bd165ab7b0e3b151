// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import Foundation
import JSONDocument

/// The policy engine on fixed inputs, one thread, the median of five runs each in processor time.
struct PolicyMeasurements {
    private let seconds: Double
    private let account: AccountID

    init(seconds: Double) throws {
        self.seconds = seconds
        guard let account = AccountID("123456789012") else { throw PolicyMeasurementError("no account") }
        self.account = account
    }

    func lines() throws -> [String] {
        let all = try allParameters()
        let policy = KeyPolicy(all, rendering: .documented).document
        let text = policy.json.text()
        let data = Data(text.utf8)
        let bytes = Array(text.utf8)
        let decoder = JSONDecoder()
        let decode = try median { _ = try decoder.decode(PlainPolicy.self, from: data) }
        let authorizer = Authorizer(policies: PolicySet(resourcePolicy: CompiledPolicy(policy)))
        let allowed = try request(context: ["App": "bench"])
        let denied = try request(context: [:])
        guard authorizer.authorize(allowed).isAllowed, !authorizer.authorize(denied).isAllowed else {
            throw PolicyMeasurementError("the requests measured aren't decided as meant")
        }
        var lines = ["documented policy with all parameters, \(bytes.count) bytes, one core"]
        func add(_ name: String, _ time: Double, of unit: Double = 1e6, _ symbol: String = "µs") {
            let ratio = Self.text(decode / time)
            lines.append("\(name): \(Self.text(time * unit)) \(symbol), \(ratio) times as fast as decoding the policy")
        }
        add("decode the policy with Foundation's JSONDecoder", decode)
        add("decision, allowed", try median { Self.use(authorizer.authorize(allowed)) })
        add("decision, explicitly denied", try median { Self.use(authorizer.authorize(denied)) })
        add("parse and compile the policy", try median { Self.use(CompiledPolicy(try PolicyDocument(parsing: bytes))) })
        lines.append("")
        lines += try planLines("typical plan", all)
        lines += try planLines("worst case", try worstParameters())
        return lines
    }

    /// The matrix and the findings of a plan in milliseconds, for every wording.
    private func planLines(_ name: String, _ parameters: KeyAccessParameters) throws -> [String] {
        let facts = KeyFacts(account: account, region: "us-east-1")
        return try KeyPolicy.Rendering.allCases.map { rendering in
            let policy = KeyPolicy(parameters, rendering: rendering).document
            let matrix = try median {
                Self.use(try AccessMatrix(policy: policy, account: account, region: "us-east-1"))
            }
            let findings = try median { Self.use(Findings.keyPolicy(policy, facts: facts)) }
            let size = policy.json.bytes().count
            return
                "\(name), \(rendering.rawValue), \(size) bytes: access matrix \(Self.text(matrix * 1e3)) ms, findings "
                + "\(Self.text(findings * 1e3)) ms, together \(Self.text((matrix + findings) * 1e3)) ms"
        }
    }

    // MARK: Inputs

    private func principals(_ names: [String]) throws -> [PrincipalReference] {
        try names.map { try PrincipalReference.parse($0, account: account, accountsAllowed: true) }
    }

    /// The parameters of the change type reference's example that uses all of them.
    private func allParameters() throws -> KeyAccessParameters {
        KeyAccessParameters(
            account: account,
            decryptPrincipals: try principals(["user/myuser", "role/myrole"]),
            encryptPrincipals: try principals(["user/myuser", "role/myrole"]),
            grantsPrincipals: try principals(["user/myuser", "role/myrole", "987654321098"]),
            limitGrantsToAWSResources: true,
            enforceEncryptionContextKeys: true,
            allowedEncryptionContextKeys: ["App"],
            allowServices: ["ec2.us-east-1.amazonaws.com"]
        )
    }

    /// Three lists of 75 principals that fill the 32 KB of a key policy, ten context keys, and every switch on.
    private func worstParameters() throws -> KeyAccessParameters {
        func names(_ kind: String) -> [String] {
            (0..<75).map { "role/\(kind)-\($0)-" + String(repeating: "x", count: 83) + "/worker" }
        }
        return KeyAccessParameters(
            account: account,
            decryptPrincipals: try principals(names("decrypt")),
            encryptPrincipals: try principals(names("encrypt")),
            grantsPrincipals: try principals(names("grants")),
            limitGrantsToAWSResources: true,
            enforceEncryptionContextKeys: true,
            allowedEncryptionContextKeys: (0..<10).map { "ContextKey\($0)" },
            allowServices: ["ec2.us-east-1.amazonaws.com", "s3.us-east-1.amazonaws.com"]
        )
    }

    private func request(context: [String: String]) throws -> AuthorizationRequest {
        let role = ARN(service: "iam", account: account.description, resource: "role/myrole")
        let caller = CallerIdentity(
            kind: .assumedRole(roleARN: role, sessionName: "bench"),
            arn: ARN(service: "sts", account: account.description, resource: "assumed-role/myrole/bench"),
            accountID: account,
            userID: "AROAEXAMPLE:bench"
        )
        var values = RequestContext()
        for (name, value) in context {
            values["kms:EncryptionContext:" + name] = .one(value)
        }
        values["kms:EncryptionContextKeys"] = .list(context.keys.sorted())
        return AuthorizationRequest(
            caller: caller,
            action: .kms(.encrypt),
            resource: "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab",
            resourceAccount: account,
            context: values
        )
    }

    // MARK: Measuring

    /// The processor seconds that one call takes: the median of five runs, after a warm-up.
    private func median(_ operation: () throws -> Void) throws -> Double {
        let once = try Self.measure(operation)
        let repetitions = max(1, Int(seconds / 5 / max(once, 1e-7)))
        let runs = try (0..<6)
            .map { _ in
                try Self.measure { for _ in 0..<repetitions { try operation() } } / Double(repetitions)
            }
        return runs.dropFirst().sorted()[2]
    }

    /// The time that the thread's processor spends on something, so that other programs don't count.
    private static func measure(_ operation: () throws -> Void) rethrows -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
        }
        let start = now()
        try operation()
        return now() - start
    }

    /// Keeps a result from being optimised away.
    @inline(never)
    private static func use<Value>(_ value: Value) {}

    private static func text(_ number: Double) -> String {
        String(format: number >= 100 ? "%.0f" : "%.2f", number)
    }
}

/// Why nothing was measured.
struct PolicyMeasurementError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}

/// A policy as a program would decode it that only wants to have its parts.
private struct PlainPolicy: Decodable {
    struct Statement: Decodable {
        enum CodingKeys: String, CodingKey {
            case sid = "Sid"
            case effect = "Effect"
            case principal = "Principal"
            case action = "Action"
            case resource = "Resource"
            case condition = "Condition"
        }

        let sid: String?
        let effect: String
        let principal: [String: OneOrMany]?
        let action: OneOrMany
        let resource: OneOrMany
        let condition: [String: [String: OneOrMany]]?
    }

    enum OneOrMany: Decodable {
        case one(String)
        case many([String])

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .one(text)
            } else {
                self = .many(try container.decode([String].self))
            }
        }
    }

    enum CodingKeys: String, CodingKey {
        case version = "Version"
        case id = "Id"
        case statements = "Statement"
    }

    let version: String
    let id: String?
    let statements: [Statement]
}
