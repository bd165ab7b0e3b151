// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Refuses, by name and place, what lies outside the fragment that questions are decided for.
enum FragmentCheck {
    static func check(_ policies: [CompiledPolicy]) throws(FragmentRefusal) {
        var families: [String: SpaceTest.Family] = [:]
        for (number, policy) in policies.enumerated() {
            let document = policy.document
            let list = JSONPointer([.name("Statement")])
            for (index, statement) in document.statements.enumerated() {
                let place = document.hasBareStatement ? list : list.appending(index)
                let site = Site(policy: number, pointer: place, variables: document.supportsVariables)
                try site.check(statement)
                try site.check(statement.condition, &families)
            }
        }
        let clocks = ["aws:currenttime", "aws:epochtime"].filter { families[$0] != nil }
        guard clocks.count < 2 else {
            throw FragmentRefusal(
                construct: "`aws:CurrentTime` together with `aws:EpochTime`",
                policy: 0,
                pointer: JSONPointer()
            )
        }
    }

    private struct Site {
        let policy: Int
        let pointer: JSONPointer
        let variables: Bool

        func refusal(_ construct: String, _ path: String...) -> FragmentRefusal {
            FragmentRefusal(
                construct: construct,
                policy: policy,
                pointer: path.reduce(pointer) { $0.appending($1) }
            )
        }

        func check(_ statement: PolicyStatement) throws(FragmentRefusal) {
            guard let principal = statement.principal else {
                throw refusal("a statement without a principal, as in identity policies,")
            }
            for entry in principal.entries where entry.family != .aws && entry.family != .service {
                throw refusal("the principal family `\(entry.family.rawValue)`", "Principal", entry.family.rawValue)
            }
            guard let resource = statement.resource, !resource.isNegated, resource.values.values.contains("*") else {
                throw refusal(
                    "a resource other than `*`",
                    statement.resource?.isNegated == true ? "NotResource" : "Resource"
                )
            }
        }

        func check(
            _ condition: ConditionElement?,
            _ families: inout [String: SpaceTest.Family]
        ) throws(FragmentRefusal) {
            for block in condition?.blocks ?? [] {
                for test in block.tests {
                    try check(SpaceTest(test, block.conditionOperator), block.operatorName, &families)
                }
            }
        }

        private func check(
            _ test: SpaceTest,
            _ operatorName: String,
            _ families: inout [String: SpaceTest.Family]
        ) throws(FragmentRefusal) {
            func refuse(_ construct: String) -> FragmentRefusal {
                refusal(construct, "Condition", operatorName, test.writtenKey)
            }
            guard !RequestKeys.unfollowed.contains(test.key) else {
                throw refuse("the condition key `\(test.writtenKey)`")
            }
            guard let family = test.family else { return }
            if variables, family == .text, let text = test.texts.first(where: { $0.contains("${") }) {
                throw refuse("the policy variable in `\(text)`")
            }
            if RequestKeys.ofCaller.contains(test.key) {
                guard family == .text else {
                    throw refuse("the operator `\(operatorName)` on `\(test.writtenKey)`")
                }
                let isPattern = test.atoms.contains { $0.onlyText == nil }
                guard test.key != "aws:principalservicename" || !isPattern else {
                    throw refuse("a pattern for `\(test.writtenKey)`")
                }
            }
            if let other = families[test.key], other != family {
                throw refuse("comparing `\(test.writtenKey)` as \(family.rawValue) and elsewhere as \(other.rawValue)")
            }
            families[test.key] = family
        }
    }
}
