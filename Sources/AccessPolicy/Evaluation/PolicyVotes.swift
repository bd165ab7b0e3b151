// SPDX-License-Identifier: Apache-2.0

/// What the policies of one kind say to a request.
struct PolicyVotes: Sendable {
    var denial: Decision.StatementReference?
    var allowance: Decision.StatementReference?

    /// Asks policies without principals; a policy set with several levels needs an allowance on each.
    init(
        _ policies: [CompiledPolicy],
        _ source: Decision.Source,
        _ request: AuthorizationRequest,
        _ assumptions: Assumptions
    ) {
        for (number, policy) in policies.enumerated() {
            for (index, statement) in policy.statements.enumerated() {
                let isNews = statement.effect == .deny ? denial == nil : allowance == nil
                guard isNews, statement.appliesToBearer(request, assumptions) else { continue }
                let place = Decision.StatementReference(source: source, policy: number, statement: index)
                if statement.effect == .deny {
                    denial = place
                } else {
                    allowance = place
                }
            }
        }
    }
}

/// What a resource policy says to a request, by the form in which it names the caller.
struct ResourceVotes: Sendable {
    var denial: Decision.StatementReference?
    /// Names the caller itself, as a user, a federated user or exactly this session.
    var direct: Decision.StatementReference?
    /// Names the role behind the session.
    var role: Decision.StatementReference?
    /// Names everybody.
    var everybody: Decision.StatementReference?
    /// Names the caller's account.
    var account: Decision.StatementReference?
    /// A grant that names the caller itself, not only its account.
    var grant: Decision.StatementReference?

    init(_ policy: CompiledPolicy?, _ request: AuthorizationRequest, _ assumptions: Assumptions) {
        guard let policy else { return }
        for (index, statement) in policy.statements.enumerated() {
            guard statement.covers(request.action) else { continue }
            let forms = statement.forms(request.principal, assumptions)
            guard !forms.isEmpty, statement.covers(resourceOf: request),
                statement.conditionsHold(request.context, assumptions)
            else { continue }
            let place = Decision.StatementReference(source: .resourcePolicy, policy: 0, statement: index)
            if statement.effect == .deny {
                denial = denial ?? place
            } else {
                allow(place, forms)
            }
        }
    }

    /// Adds what grants say, after what the key policy says: an account that is named by a grant still decides by its
    /// own identity policies who of it may use the grant.
    mutating func add(_ grants: [KeyGrant], _ request: AuthorizationRequest) {
        for (number, grant) in grants.enumerated() {
            let forms = grant.forms(request)
            guard !forms.isEmpty else { continue }
            let place = Decision.StatementReference(source: .grant, policy: number, statement: 0)
            if forms != .account {
                self.grant = self.grant ?? place
            }
            allow(place, forms)
        }
    }

    private mutating func allow(_ place: Decision.StatementReference, _ forms: RequestPrincipal.Forms) {
        if !forms.isDisjoint(with: [.user, .session, .federated, .service]) {
            direct = direct ?? place
        }
        if forms.contains(.role) {
            role = role ?? place
        }
        if forms.contains(.everybody) {
            everybody = everybody ?? place
        }
        if forms.contains(.account) {
            account = account ?? place
        }
    }

    /// An allowance in whatever form.
    var any: Decision.StatementReference? {
        direct ?? role ?? everybody ?? account
    }
}
