// SPDX-License-Identifier: Apache-2.0

/// A policy prepared for many decisions.
package struct CompiledPolicy: Sendable {
    /// The policy it was made from.
    package let document: PolicyDocument
    let statements: [CompiledStatement]

    /// Prepares a policy.
    /// - Complexity: O(n) in the size of the document.
    package init(_ document: PolicyDocument) {
        self.document = document
        statements = document.statements.map {
            CompiledStatement($0, variables: document.supportsVariables)
        }
    }
}

/// A statement prepared for many decisions.
struct CompiledStatement: Sendable {
    let effect: PolicyStatement.Effect
    let kmsActions: KMSActionSet
    let tests: [CompiledTest]
    private let actions: [WildcardPattern]
    private let actionIsNegated: Bool
    private let resources: CompiledResources
    private let principals: CompiledPrincipals?

    init(_ statement: PolicyStatement, variables: Bool) {
        effect = statement.effect
        let patterns = statement.action?.values.values ?? []
        actions = patterns.map { WildcardPattern($0, foldsCase: true) }
        actionIsNegated = statement.action?.isNegated ?? false
        let named = patterns.reduce(KMSActionSet()) { $0.union(KMSActionSet(matching: $1)) }
        kmsActions = actionIsNegated ? KMSActionSet.all.subtracting(named) : named
        resources = CompiledResources(statement.resource, variables: variables)
        principals = statement.principal.map { CompiledPrincipals($0) }
        tests =
            statement.condition?.blocks
            .flatMap { block in
                block.tests.map { CompiledTest($0, block.conditionOperator, variables: variables) }
            } ?? []
    }

    /// Whether the statement is about the request's action.
    func covers(_ action: ServiceAction) -> Bool {
        if action.kmsBit != 0 {
            return kmsActions.bits & action.kmsBit != 0
        }
        return actions.contains { $0.matches(action.name) } != actionIsNegated
    }

    /// Whether the statement is about the request's resource.
    func covers(resourceOf request: AuthorizationRequest) -> Bool {
        resources.match(request.resource, request.context)
    }

    /// In which forms the statement names the caller; a statement without principals names nobody.
    func forms(_ principal: RequestPrincipal, _ assumptions: Assumptions) -> RequestPrincipal.Forms {
        principals?.forms(principal, assumptions) ?? []
    }

    /// Whether all conditions hold.
    func conditionsHold(_ context: RequestContext, _ assumptions: Assumptions) -> Bool {
        for test in tests where !test.holds(context, assumptions) {
            return false
        }
        return true
    }

    /// Whether an identity policy's statement, which has no principals, applies to the request.
    func appliesToBearer(_ request: AuthorizationRequest, _ assumptions: Assumptions) -> Bool {
        covers(request.action) && covers(resourceOf: request) && conditionsHold(request.context, assumptions)
    }
}

/// The resources of a statement.
struct CompiledResources: Sendable {
    private let everything: Bool
    private let patterns: [ARNPattern]
    private let isNegated: Bool

    init(_ element: MatchElement?, variables: Bool) {
        let texts = element?.values.values ?? []
        everything = texts.contains("*")
        patterns = texts.map { ARNPattern($0, variables: variables) }
        isNegated = element?.isNegated ?? false
    }

    /// Whether a resource is meant; a statement without resources means none.
    func match(_ resource: String, _ context: RequestContext) -> Bool {
        if patterns.isEmpty {
            return isNegated
        }
        return (everything || patterns.contains { $0.matches(resource, context) }) != isNegated
    }
}
