// SPDX-License-Identifier: Apache-2.0

/// Rules about where requests come from.
enum NetworkRules {
    static let all = [openNetwork, privateAddress, denyBreaksServices, denyBlocksPrincipals]

    private static func isAddress(_ test: ConditionTest) -> Bool {
        test.base == .ipAddress || test.base == .notIPAddress
    }

    static let openNetwork = FindingRule(
        id: "OPEN_NETWORK",
        severity: .medium,
        title: "A network that contains every address",
        advice: "name the networks that are meant",
        documentation: RuleDocumentation.globalConditionsInKMS
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let open = test.texts.filter { $0.hasSuffix("/0") && IPNetwork($0) != nil }
                guard isAddress(test), !open.isEmpty else { return nil }
                let outcome = test.base.isNegated ? "never holds" : "holds for all addresses"
                return test.match(statement, "\(Words.list(open)) is the whole internet, so that the test \(outcome)")
            }
        }
    }

    static let privateAddress = FindingRule(
        id: "PRIVATE_SOURCE_IP",
        severity: .medium,
        title: "A private network as the source of requests",
        advice: "name public addresses, or use `aws:VpcSourceIp` together with `aws:SourceVpc`",
        documentation: RuleDocumentation.globalConditionsInKMS
    ) { subject in
        subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                guard test.key == "aws:sourceip", isAddress(test) else { return nil }
                let inside = test.texts.filter { text in
                    IPNetwork(text).map { network in privateNetworks.contains { $0.contains(network) } } ?? false
                }
                guard !inside.isEmpty else { return nil }
                return test.match(
                    statement,
                    "`aws:SourceIp` is a public address or missing, so that \(Words.list(inside)) never matches"
                )
            }
        }
    }

    private static let privateNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"]
        .compactMap { IPNetwork($0) }

    static let denyBreaksServices = FindingRule(
        id: "NETWORK_DENY_BREAKS_SERVICES",
        severity: .medium,
        title: "A Deny by network also hits AWS services",
        advice: "add `\"Bool\": {\"aws:ViaAWSService\": \"false\"}` to the Deny",
        documentation: RuleDocumentation.globalConditionsInKMS
    ) { subject in
        subject.denies.flatMap { statement -> [FindingRule.Match] in
            let spares = statement.tests.contains { sparing.contains($0.key) }
            guard statement.namesEverybody, !spares, !statement.actions.intersection(KMSAction.cryptographic).isEmpty
            else { return [] }
            let networks = statement.tests.filter { networkKeys.contains($0.key) }
            // One of several networks suffices to pass; with tests on more than one key the Deny spares nobody more.
            guard let test = networks.first(where: { $0.base.isNegated }) else { return [] }
            return [
                test.match(
                    statement,
                    """
                    when a service such as Amazon EBS calls KMS for a user, the request comes from the service's \
                    network, and `\(test.conditionOperator.name)` on `\(test.test.key)` denies it
                    """
                )
            ]
        }
    }

    private static let networkKeys: Set<String> = ["aws:sourceip", "aws:sourcevpc", "aws:sourcevpce"]
    private static let sparing: Set<String> = [
        "aws:viaawsservice", "aws:calledvia", "aws:calledviafirst", "aws:calledvialast", "kms:viaservice",
        "aws:principalisawsservice",
    ]

    static let denyBlocksPrincipals = FindingRule(
        id: "DENY_BLOCKS_SERVICE_PRINCIPALS",
        severity: .high,
        title: "A Deny takes back what a service was allowed",
        advice: "add `\"Bool\": {\"aws:PrincipalIsAWSService\": \"false\"}` to the Deny",
        documentation: RuleDocumentation.globalKeys
    ) { subject in
        subject.denies.flatMap { statement -> [FindingRule.Match] in
            let spares = statement.tests.contains { ClosingConditions.sparesServices($0) || sparing.contains($0.key) }
            guard statement.namesEverybody, !spares, !statement.isUnconditional,
                let test = statement.tests.first(where: { ofPrincipals.contains($0.key) }),
                statement.tests.allSatisfy({ ofPrincipals.contains($0.key) && $0.holdsWhenMissing })
            else { return [] }
            let hit = subject.allows.filter {
                !$0.services.isEmpty && !$0.actions.intersection(statement.actions).isEmpty
            }
            guard let service = hit.first else { return [] }
            return [
                test.match(
                    statement,
                    """
                    \(Words.list(service.services)), allowed by statement \(service.index + 1), has no \
                    `\(test.test.key)`, which satisfies `\(test.conditionOperator.name)`: it is denied
                    """
                )
            ]
        }
    }

    /// Keys that follow from the caller's account, which services that act for themselves don't have.
    private static let ofPrincipals: Set<String> = [
        "aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
    ]
}
