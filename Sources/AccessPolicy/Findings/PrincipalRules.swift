// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Rules about who is named in a statement.
enum PrincipalRules {
    static let all = [
        publicAccess, allowNotPrincipal, denyNotPrincipal, invalidPrincipal, uniqueID, unknownPrincipal,
        otherPartition, session, externalAccount, crossAccountIneffective,
    ]

    static let publicAccess = FindingRule(
        id: "PUBLIC_ACCESS",
        severity: .critical,
        title: "Anybody in any AWS account gets access",
        advice: "name the principals, or add a condition on `aws:PrincipalOrgID` or `kms:CallerAccount`",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.allows.compactMap { statement in
            let open = ClosingConditions.openActions(statement, subject)
            guard !open.isEmpty else { return nil }
            let limits = statement.tests.map(\.test.key)
            let condition =
                limits.isEmpty
                ? "no condition" : "the condition on \(Words.list(limits)), which holds for strangers too,"
            return statement.principalMatch(
                "the statement names everybody and has \(condition) and allows \(Words.list(open))"
            )
        }
    }

    static let allowNotPrincipal = FindingRule(
        id: "ALLOW_NOT_PRINCIPAL",
        severity: .critical,
        title: "Everybody but a list of principals is allowed",
        advice: "list the allowed principals under `Principal`",
        documentation: RuleDocumentation.notPrincipal
    ) { subject in
        subject.allows.compactMap { statement in
            guard statement.source.principal?.isNegated == true else { return nil }
            return statement.principalMatch(
                "the statement allows everybody in the world who isn't listed, anonymous callers included"
            )
        }
    }

    static let denyNotPrincipal = FindingRule(
        id: "DENY_NOT_PRINCIPAL",
        severity: .medium,
        title: "Everybody but a list of principals is denied",
        advice: "deny `\"AWS\": \"*\"` under the condition `ArnNotEquals` on `aws:PrincipalArn`",
        documentation: RuleDocumentation.notPrincipal
    ) { subject in
        subject.denies.compactMap { statement in
            guard statement.source.principal?.isNegated == true else { return nil }
            return statement.principalMatch(
                """
                a listed role is spared only if its account and each of its sessions are listed too, so that the \
                statement denies more than it seems to
                """
            )
        }
    }

    static let invalidPrincipal = FindingRule(
        id: "INVALID_PRINCIPAL",
        severity: .critical,
        title: "A name that can't be a principal",
        advice: "name an account, or a role or user by its full ARN",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.statements.flatMap { statement -> [FindingRule.Match] in
            let element = statement.source.principal
            let names = (element?.values(of: .aws) ?? []).map { PrincipalName($0) }
            var matches = names.compactMap { name -> FindingRule.Match? in
                guard case .invalid(let reason) = name.kind else { return nil }
                return statement.principalMatch("`\(name.text)` \(reason); KMS refuses the policy")
            }
            for name in element?.values(of: .canonicalUser) ?? [] {
                matches.append(
                    statement.principalMatch("`\(name)` is a canonical user id, which only Amazon S3 knows")
                )
            }
            for name in element?.values(of: .service) ?? [] where !name.contains(".") || Words.hasWildcard(name) {
                matches.append(
                    statement.principalMatch("`\(name)` is no name of a service such as `logs.amazonaws.com`")
                )
            }
            return matches
        }
    }

    static let uniqueID = FindingRule(
        id: "UNIQUE_ID_PRINCIPAL",
        severity: .high,
        title: "A principal that was deleted",
        advice: "remove the id, or name the new role or user by its ARN",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.statements.flatMap { statement in
            statement.principals.filter { $0.kind == .uniqueID }
                .map {
                    statement.principalMatch(
                        """
                        `\($0.text)` is what remains of a deleted user or role; a new one of the same name does not \
                        get its access back
                        """
                    )
                }
        }
    }

    static let unknownPrincipal = FindingRule(
        id: "UNKNOWN_PRINCIPAL",
        severity: .critical,
        title: "A principal that does not exist",
        advice: "create the role or user first, or correct its name or path",
        documentation: RuleDocumentation.principal
    ) { subject in
        guard let known = subject.facts.knownPrincipals else { return [] }
        return subject.statements.flatMap { statement in
            statement.principals
                .filter { principal in
                    guard case .identity(let account) = principal.kind else { return false }
                    return account == subject.facts.account && !known.contains(principal.text)
                }
                .map { statement.principalMatch("the account has no `\($0.text)`, and KMS refuses such a policy") }
        }
    }

    static let otherPartition = FindingRule(
        id: "OTHER_PARTITION",
        severity: .critical,
        title: "A principal of another AWS partition",
        advice: "name a principal of the key's own partition",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.statements.flatMap { statement in
            statement.principals.compactMap { principal in
                guard principal.account != nil, let partition = principal.partition,
                    partition != subject.facts.partition
                else { return nil }
                return statement.principalMatch(
                    "`\(principal.text)` is in `\(partition)`, the key is in `\(subject.facts.partition)`"
                )
            }
        }
    }

    static let session = FindingRule(
        id: "SESSION_PRINCIPAL",
        severity: .low,
        title: "A session is named, which ends",
        advice: "name the role behind the session",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.allows.flatMap { statement in
            statement.principals.compactMap { principal in
                guard case .session = principal.kind else { return nil }
                return statement.principalMatch(
                    "`\(principal.text)` names one session: others of the same role, by another name, get nothing"
                )
            }
        }
    }

    static let externalAccount = FindingRule(
        id: "EXTERNAL_ACCOUNT",
        severity: .informational,
        title: "Access from another account",
        advice: "make sure that the account is meant; its administrators decide who uses the access",
        documentation: RuleDocumentation.crossAccount
    ) { subject in
        subject.allows.compactMap { statement in
            let names =
                statement.principals.filter { $0.account.map { $0 != subject.facts.account } ?? false }.map(\.text)
                + (statement.namesEverybody ? outsideCircles(statement, subject.facts.account) : [])
            guard !names.isEmpty else { return nil }
            return statement.principalMatch(
                "\(Words.list(names)) can get \(Words.list(statement.keyActions.intersection(across))) from outside"
            )
        }
    }

    /// The other accounts and the organizations that the conditions of a statement for everybody let in.
    private static func outsideCircles(_ statement: RuleSubject.Statement, _ own: AccountID) -> [String] {
        let keys = ["kms:calleraccount", "aws:principalaccount", "aws:principalorgid", "aws:principalorgpaths"]
        return statement.tests.filter { keys.contains($0.key) && $0.demandsValue }
            .flatMap(\.texts)
            .filter { $0 != own.description && !Words.hasVariable($0) }
    }

    private static let across = KMSActionSet(KMSAction.allCases.filter(\.worksAcrossAccounts))

    static let crossAccountIneffective = FindingRule(
        id: "CROSS_ACCOUNT_INEFFECTIVE",
        severity: .medium,
        title: "An action that doesn't work from another account",
        advice: "remove the action; let the other account assume a role in this one",
        documentation: RuleDocumentation.crossAccount
    ) { subject in
        subject.allows.flatMap { statement -> [FindingRule.Match] in
            let isExternal = statement.principals.allSatisfy { $0.account.map { $0 != subject.facts.account } ?? false }
            guard isExternal, !statement.principals.isEmpty, statement.services.isEmpty,
                statement.source.action?.isNegated == false
            else { return [] }
            return statement.patterns.enumerated()
                .filter { index, _ in
                    let actions = statement.patternSets[index].intersection(KMSAction.onKeys)
                    return !actions.isEmpty && actions.intersection(across).isEmpty
                }
                .map { index, name in
                    var match = statement.actionMatch(
                        "`\(name)` can't be called on a key of another account, so that this Allow has no effect"
                    )
                    match.pointer = statement.place(ofAction: index)
                    return match
                }
        }
    }
}
