// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Collects callers that stand for all callers, given what policies say about callers.
struct PrincipalUniverse {
    let account: String
    let partition: String
    /// The principals that the policies name, by family.
    let names: [PrincipalElement.Family: [String]]
    /// The tests on keys that the caller determines.
    let tests: [SpaceTest]

    /// Accounts that stand for all: the key's own, those the policies mention, and at least one that they don't.
    func accounts() throws(TextCells.TooMany) -> [String] {
        var mentioned: [String] = []
        func mention(_ text: String) {
            if text != account, AccountID(text) != nil, !mentioned.contains(text) {
                mentioned.append(text)
            }
        }
        for name in names[.aws] ?? [] {
            mention(ARN(parsing: name)?.account ?? name)
        }
        let arns = tests.filter { $0.key == "aws:principalarn" }
        for text in arns.flatMap(\.texts) {
            mention(ARN(parsing: text)?.account ?? "")
        }
        let ids = tests.filter { $0.key == "kms:calleraccount" || $0.key == "aws:principalaccount" }
        for text in ids.flatMap(\.texts) {
            mention(text)
        }
        // Account parts of ARN patterns matter to which ARNs an account can have; each combination gets an account. The
        // accounts known are compared as well, so that one for a combination is none of them.
        let known = ([account] + mentioned).map { TextAtom(literal: $0) }
        let values = try KeyValues(domain: .account).values(ids, extra: arns.flatMap(accountParts) + known)
        let others = values.filter { $0 != account && !mentioned.contains($0) }
        return [account] + mentioned + others
    }

    private func accountParts(_ test: SpaceTest) -> [TextAtom] {
        test.texts.compactMap { text in
            let parts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false)
            return parts.count == 6 ? TextAtom(wildcards: String(parts[4])) : nil
        }
    }

    /// The callers, those named first, in the order in which the policies name them.
    func principals() throws(TextCells.TooMany) -> [SpacePrincipal] {
        var principals = named
        for account in try accounts() {
            principals += try unnamed(of: account)
        }
        principals += services
        var seen: Set<RequestPrincipal> = []
        return principals.filter { seen.insert($0.principal).inserted }
    }

    private var named: [SpacePrincipal] {
        let texts = names[.aws] ?? []
        let roles = texts.filter { ARN(parsing: $0)?.resourceType == "role" }
        return texts.flatMap { text -> [SpacePrincipal] in
            guard let principal = SpacePrincipal.named(text) else { return [] }
            guard principal.principal.kind == .roleSession, !roles.contains(text) else { return [principal] }
            // A session's ARN lacks the role's path: it may be one of any role of that name.
            let parts = text.split(separator: "/").map(String.init)
            let same = roles.filter {
                ARN(parsing: $0)?.account == ARN(parsing: text)?.account
                    && $0.split(separator: "/").last.map(String.init) == parts[1]
            }
            return [principal] + same.compactMap { SpacePrincipal.named($0, session: parts[2]) }
        }
    }

    /// Callers of an account that aren't named: one of each kind, and one for each combination of ARN patterns.
    private func unnamed(of account: String) throws(TextCells.TooMany) -> [SpacePrincipal] {
        let arns = tests.filter { $0.key == "aws:principalarn" }
        var principals: [SpacePrincipal] = []
        let taken = Set((names[.aws] ?? []) + arns.flatMap(\.texts))
        for domain in [
            KeyValues.Domain.identity("arn:\(partition):iam::\(account):user/"),
            .identity("arn:\(partition):iam::\(account):role/"),
            .federated("arn:\(partition):sts::\(account):federated-user/"),
        ] {
            let other = (0...taken.count).lazy.map { domain.other($0) }.first { !taken.contains($0) }
            var texts = other.map { [$0] } ?? []
            if !arns.isEmpty {
                // The names are compared as well, so that a text for a combination of patterns is none of them.
                let own = taken.sorted().map { TextAtom(literal: $0) }
                texts += try KeyValues(domain: domain).values(arns, extra: own)
            }
            principals += texts.compactMap { SpacePrincipal.named($0, isNamed: taken.contains($0)) }
        }
        return principals + [.root(account, partition)]
    }

    private var services: [SpacePrincipal] {
        let named = names[.service] ?? []
        let tested = tests.filter { $0.key == "aws:principalservicename" }.flatMap(\.texts)
        let all = named + tested.filter { !$0.contains("*") && !$0.contains("?") }
        let other = (0...all.count).lazy.map { $0 == 0 ? "other.amazonaws.com" : "other-\($0).amazonaws.com" }
            .first { !all.contains($0) }
        return all.map { .service($0, isNamed: true) } + (other.map { [.service($0, isNamed: false)] } ?? [])
    }
}
