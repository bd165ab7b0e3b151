// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues
import JSONDocument

/// Plans a KMS key: parameters → key policy → template → plan.
///
/// Serves both versions of ct-1d84keiri1jhg: 1.0 with its flags as texts and its tags at the top level, 2.0 with
/// Booleans, a region, and its tags among the parameters. Source: reference/change-types.md §1.
struct KeyCreatePlanning {
    let parameters: JSONValue
    let statements: KeyPolicy.Rendering
    let site: PlanningSite
    /// Whether people approve the plan; the access matrix is then part of what they approve.
    ///
    /// It follows from the key policy, so leaving it out of plans that nobody reads loses nothing.
    var isForReviewers = false

    private static let lists = [
        "IAMPrincipalsRequiringDecryptPermissions", "IAMPrincipalsRequiringEncryptPermissions",
        "IAMPrincipalsRequiringGrantsPermissions",
    ]

    func plan() throws(ParameterProblem) -> Plan {
        try checkRegion()
        let policy = KeyPolicy(try access(), rendering: statements)
        let document = policy.document
        do {
            try KeyPolicyAcceptance().check(document)
        } catch {
            throw ParameterProblem(JSONPointer([.name("Parameters")]), "KMS would refuse the key policy: \(error)")
        }
        try checkSize(document.json)
        let frame = StackFrame(parameters)
        let template = KeyTemplate(
            description: text("Description") ?? "",
            alias: try alias(),
            enableKeyRotation: flag("EnableKeyRotation", default: true),
            pendingWindowInDays: parameters["Parameters"]?["PendingWindow"]?.integer ?? 30,
            keyPolicy: document.json,
            tags: frame.requestedTags
        )
        let order = StackOrder(
            name: site.stackName,
            template: template.document.text(.indented),
            parameters: [],
            tags: frame.tags(for: site),
            timeoutMinutes: frame.timeoutMinutes,
            token: site.token
        )
        let matrix =
            isForReviewers
            ? try? AccessMatrix(policy: document, account: site.account, region: site.region) : nil
        return Plan(
            action: .createStack(order),
            statements: statements,
            findings: Findings.keyPolicy(document, facts: facts),
            accessMatrix: matrix?.document
        )
    }

    /// What is known of the key before it exists.
    private var facts: KeyFacts {
        KeyFacts(
            account: site.account,
            region: site.region,
            keyType: .symmetric,
            isRotationEnabled: flag("EnableKeyRotation", default: true),
            isMultiRegion: false,
            isEnabled: true,
            pendingWindowDays: parameters["Parameters"]?["PendingWindow"]?.integer ?? 30,
            executor: RfcExecutor(account: site.account).caller
        )
    }

    /// Texts in the principal lists that can't be principals, each with the reason.
    static func principalProblems(_ parameters: JSONValue, site: PlanningSite) -> [ParameterProblem] {
        let planning = KeyCreatePlanning(parameters: parameters, statements: .documented, site: site)
        var problems: [ParameterProblem] = []
        for name in lists {
            for (index, text) in planning.strings(name).enumerated() {
                do {
                    _ = try planning.principal(text, in: name, at: index)
                } catch {
                    problems.append(error)
                }
            }
        }
        return problems
    }

    // MARK: Parts

    private func access() throws(ParameterProblem) -> KeyAccessParameters {
        KeyAccessParameters(
            account: site.account,
            decryptPrincipals: try principals(Self.lists[0]),
            encryptPrincipals: try principals(Self.lists[1]),
            grantsPrincipals: try principals(Self.lists[2]),
            limitGrantsToAWSResources: flag("LimitGrantsToAWSResources", default: false),
            enforceEncryptionContextKeys: flag("EnforceEncryptionContextKeys", default: false),
            allowedEncryptionContextKeys: strings("AllowedEncryptionContextKeys"),
            allowServices: strings("AllowServiceRolesAccessKMSKeys")
        )
    }

    private func principals(_ name: String) throws(ParameterProblem) -> [PrincipalReference] {
        var result: [PrincipalReference] = []
        for (index, text) in strings(name).enumerated() {
            result.append(try principal(text, in: name, at: index))
        }
        return result
    }

    private func principal(
        _ text: String,
        in name: String,
        at index: Int
    ) throws(ParameterProblem) -> PrincipalReference {
        do {
            return try PrincipalReference.parse(
                text,
                account: site.account,
                accountsAllowed: name == "IAMPrincipalsRequiringGrantsPermissions"
            )
        } catch {
            let place = JSONPointer([.name("Parameters"), .name(name), .index(index)])
            throw ParameterProblem(place, error.description)
        }
    }

    /// KMS stores aliases with their `alias/` prefix; the parameter goes without (reference/seed-analysis.md B14).
    private func alias() throws(ParameterProblem) -> String? {
        guard let given = text("Alias"), !given.isEmpty else { return nil }
        let name = given.hasPrefix("alias/") ? String(given.dropFirst("alias/".count)) : given
        let place = JSONPointer([.name("Parameters"), .name("Alias")])
        guard !name.hasPrefix("aws/") else {
            throw ParameterProblem(place, "`\(given)` begins with `aws/`, which is reserved for AWS managed keys")
        }
        guard !name.isEmpty, name.utf8.count <= 250 else {
            throw ParameterProblem(place, "an alias has 1 to 250 characters after `alias/`")
        }
        return name
    }

    private func checkSize(_ policy: JSONValue) throws(ParameterProblem) {
        let size = policy.bytes().count
        guard size > KeyPolicyAcceptance.maxBytes else { return }
        throw ParameterProblem(
            JSONPointer([.name("Parameters")]),
            "the resulting key policy has \(size) bytes; KMS takes \(KeyPolicyAcceptance.maxBytes), so name fewer "
                + "principals, or an account or a role that several share"
        )
    }

    private func checkRegion() throws(ParameterProblem) {
        guard let region = parameters["Region"]?.string, region != site.region else { return }
        throw ParameterProblem(
            JSONPointer([.name("Region")]),
            "found `\(region)`; this server makes keys in `\(site.region)` only"
        )
    }

    private func text(_ name: String) -> String? {
        parameters["Parameters"]?[name]?.string
    }

    private func strings(_ name: String) -> [String] {
        (parameters["Parameters"]?[name]?.array ?? []).compactMap(\.string)
    }

    private func flag(_ name: String, default fallback: Bool) -> Bool {
        switch parameters["Parameters"]?[name] {
        case .bool(let flag): flag
        case .string(let text): text == "true"
        default: fallback
        }
    }
}
