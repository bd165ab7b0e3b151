// SPDX-License-Identifier: Apache-2.0

extension Assumptions {
    /// An open question, by name.
    package enum Question: String, Sendable, Hashable, CaseIterable {
        /// What an operator without set qualifier does with a list of values.
        case setlessOperatorOnList = "an operator without set qualifier on a multivalued key"
        /// Whether `"*"` covers services that act for themselves.
        case everybodyIncludesServices = "whether the principal `*` includes AWS services"
        /// Whether a grant is enough across accounts.
        case grantSufficesAcrossAccounts = "whether a grant suffices across accounts"
        /// Whether `NotPrincipal` must list every form of a caller to leave it out.
        case notPrincipalNeedsEveryForm = "whether `NotPrincipal` must list the caller's account as well"
    }

    /// The same answers with one question answered the other way.
    package func flipping(_ question: Question) -> Assumptions {
        var flipped = self
        switch question {
        case .setlessOperatorOnList:
            flipped.setlessOperatorOnList = setlessOperatorOnList == .neverHolds ? .anyValue : .neverHolds
        case .everybodyIncludesServices: flipped.everybodyIncludesServices.toggle()
        case .grantSufficesAcrossAccounts: flipped.grantSufficesAcrossAccounts.toggle()
        case .notPrincipalNeedsEveryForm: flipped.notPrincipalNeedsEveryForm.toggle()
        }
        return flipped
    }

    /// Every other set of answers with the questions answered differently, the fewest differences first.
    static let alternatives: [[Question]] = {
        let all = Question.allCases
        return (1..<(1 << all.count))
            .map { bits in all.indices.filter { bits & (1 << $0) != 0 }.map { all[$0] } }
            .sorted { ($0.count, $0.map(\.rawValue).joined()) < ($1.count, $1.map(\.rawValue).joined()) }
    }()
}

/// A decision together with what becomes of it when the open questions are answered otherwise.
package struct Readings: Sendable, Hashable {
    /// Another verdict, and the questions whose other answer leads to it.
    package struct Alternative: Sendable, Hashable {
        /// The questions to be answered otherwise, all together.
        package let questions: [Assumptions.Question]
        /// The decision then.
        package let decision: Decision
    }

    /// The decision under the assumptions as they stand.
    package let decision: Decision
    /// The other verdicts, each with the fewest questions that lead to it.
    package let alternatives: [Alternative]

    /// Whether the request is allowed under one reading and not under another.
    package var isAmbiguous: Bool {
        alternatives.contains { $0.decision.isAllowed != decision.isAllowed }
    }

    /// The verdict in one word, `AMBIGUOUS` where the readings differ.
    package var verdict: String {
        isAmbiguous ? "AMBIGUOUS" : decision.verdict.rawValue
    }
}

extension Authorizer {
    /// Decides a request under every reading of the open questions.
    package func readings(of request: AuthorizationRequest) -> Readings {
        let decision = authorize(request)
        var alternatives: [Readings.Alternative] = []
        for questions in Assumptions.alternatives {
            let others = Authorizer(
                policies: policies,
                assumptions: questions.reduce(assumptions) { $0.flipping($1) }
            )
            let other = others.authorize(request)
            let isKnown = alternatives.contains { $0.decision.verdict == other.verdict }
            if other.verdict != decision.verdict, !isKnown {
                alternatives.append(Readings.Alternative(questions: questions, decision: other))
            }
        }
        return Readings(decision: decision, alternatives: alternatives)
    }
}
