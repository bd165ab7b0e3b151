// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Rules about what a policy and its statements consist of.
enum ShapeRules {
    static let all = [
        noStatement, missingPrincipal, missingAction, missingResource, resourceNotKey, oldVersion,
        variableWithoutVersion, duplicateSid, emptyCondition, duplicatePrincipal,
    ]

    static let noStatement = FindingRule(
        id: "NO_STATEMENT",
        severity: .critical,
        title: "The policy has no statement",
        advice: "add a statement that lets the account administer the key",
        documentation: RuleDocumentation.keyPolicyOverview
    ) { subject in
        guard subject.statements.isEmpty else { return [] }
        let explanation = "a policy without statements lets nobody use or administer the key, and KMS refuses it"
        return [FindingRule.Match(pointer: JSONPointer([.name("Statement")]), explanation: explanation)]
    }

    static let missingPrincipal = FindingRule(
        id: "MISSING_PRINCIPAL",
        severity: .critical,
        title: "A statement without a principal",
        advice: "name the principals the statement is about",
        documentation: RuleDocumentation.keyPolicyOverview
    ) { subject in
        subject.statements.compactMap { statement in
            let principal = statement.source.principal
            let isNamed = principal?.entries.contains { !$0.values.values.isEmpty } == true
            guard !isNamed, principal?.isBareWildcard != true else { return nil }
            return statement.match(nil, "the statement is about nobody, and KMS refuses key policies with such a one")
        }
    }

    static let missingAction = FindingRule(
        id: "MISSING_ACTION",
        severity: .critical,
        title: "A statement without actions",
        advice: "name the actions the statement is about",
        documentation: RuleDocumentation.keyPolicyOverview
    ) { subject in
        subject.statements.compactMap { statement in
            guard statement.patterns.isEmpty else { return nil }
            return statement.match(
                nil,
                "the statement is about no action, and KMS refuses key policies with such a one"
            )
        }
    }

    static let missingResource = FindingRule(
        id: "MISSING_RESOURCE",
        severity: .critical,
        title: "A statement without a resource",
        advice: "write `\"Resource\": \"*\"`",
        documentation: RuleDocumentation.keyPolicyOverview
    ) { subject in
        subject.statements.compactMap { statement in
            guard statement.source.resource?.values.values.isEmpty != false else { return nil }
            return statement.match(nil, "the statement is about no key, not even its own, and KMS refuses it")
        }
    }

    static let resourceNotKey = FindingRule(
        id: "RESOURCE_NOT_KEY",
        severity: .critical,
        title: "A resource other than this key",
        advice: "write `\"Resource\": \"*\"`, which means the key that has the policy",
        documentation: RuleDocumentation.keyPolicyOverview
    ) { subject in
        subject.statements.compactMap { statement in
            guard let resource = statement.source.resource, !resource.values.values.isEmpty,
                resource.isNegated || resource.values.values != ["*"]
            else { return nil }
            let explanation = """
                in a key policy `*` is the only resource and means this key; KMS refuses \
                \(resource.isNegated ? "`NotResource`" : Words.list(resource.values.values.filter { $0 != "*" }))
                """
            return statement.match(resource.name(for: "Resource"), explanation)
        }
    }

    static let oldVersion = FindingRule(
        id: "OLD_POLICY_VERSION",
        severity: .low,
        title: "An old version of the policy language",
        advice: "write `\"Version\": \"2012-10-17\"`",
        documentation: RuleDocumentation.version
    ) { subject in
        guard subject.policy.version != .v2012 else { return [] }
        let explanation = """
            \(subject.policy.version == nil ? "without a version the one of 2008 holds" : "the version is that of 2008"), \
            in which policy variables such as `${aws:username}` are ordinary text
            """
        let isNamed = subject.policy.version != nil
        return [
            FindingRule.Match(pointer: JSONPointer(isNamed ? [.name("Version")] : []), explanation: explanation)
        ]
    }

    static let variableWithoutVersion = FindingRule(
        id: "VARIABLE_WITHOUT_VERSION",
        severity: .high,
        title: "A policy variable in a version that has none",
        advice: "write `\"Version\": \"2012-10-17\"`",
        documentation: RuleDocumentation.version
    ) { subject in
        guard !subject.policy.supportsVariables else { return [] }
        return subject.statements.flatMap { statement in
            statement.tests.compactMap { test in
                let texts = test.texts.filter(Words.hasVariable)
                guard !texts.isEmpty else { return nil }
                return test.match(statement, "\(Words.list(texts)) is compared letter by letter, braces included")
            }
        }
    }

    static let duplicateSid = FindingRule(
        id: "DUPLICATE_SID",
        severity: .low,
        title: "Two statements with the same id",
        advice: "give each statement an id of its own",
        documentation: RuleDocumentation.elements
    ) { subject in
        var first: [String: Int] = [:]
        return subject.statements.compactMap { statement in
            guard let sid = statement.source.sid, !sid.isEmpty else { return nil }
            guard let other = first[sid] else {
                first[sid] = statement.index
                return nil
            }
            return statement.match(
                "Sid",
                "`\(sid)` is also the id of statement \(other + 1), so that logs and people can't tell them apart"
            )
        }
    }

    static let emptyCondition = FindingRule(
        id: "EMPTY_CONDITION",
        severity: .medium,
        title: "A condition that says nothing",
        advice: "complete the condition or remove it",
        documentation: RuleDocumentation.conditionOperators
    ) { subject in
        subject.statements.flatMap { statement -> [FindingRule.Match] in
            guard let condition = statement.source.condition else { return [] }
            if statement.tests.isEmpty, condition.blocks.allSatisfy(\.tests.isEmpty) {
                return [statement.match("Condition", "the condition has no tests, so that it limits nothing")]
            }
            return statement.tests.filter(\.texts.isEmpty)
                .map { $0.match(statement, "`\($0.test.key)` is compared with no value, which no value equals") }
        }
    }

    static let duplicatePrincipal = FindingRule(
        id: "DUPLICATE_PRINCIPAL",
        severity: .low,
        title: "A principal is named twice in one statement",
        advice: "name it once",
        documentation: RuleDocumentation.principal
    ) { subject in
        subject.statements.compactMap { statement in
            var seen: Set<PrincipalName.Kind> = []
            var names: Set<String> = []
            let twice = statement.principals.filter { principal in
                let isNewName = names.insert(principal.text).inserted
                guard case .account = principal.kind else { return !isNewName }
                return !seen.insert(principal.kind).inserted
            }
            guard !twice.isEmpty else { return nil }
            return statement.principalMatch("\(Words.list(twice.map(\.text))) is named more than once, to no effect")
        }
    }
}
