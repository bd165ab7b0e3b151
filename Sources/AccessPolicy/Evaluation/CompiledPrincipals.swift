// SPDX-License-Identifier: Apache-2.0

/// The principals of a statement, with their hashes.
struct CompiledPrincipals: Sendable {
    private struct Entry: Sendable {
        let family: PrincipalElement.Family
        let text: String
        let hash: UInt64
    }

    private let everybody: Bool
    private let entries: [Entry]
    private let isNegated: Bool

    init(_ element: PrincipalElement) {
        isNegated = element.isNegated
        everybody = element.isBareWildcard || element.values(of: .aws).contains("*")
        entries = element.entries.flatMap { entry in
            entry.values.values.map { Entry(family: entry.family, text: $0, hash: $0.stableHash) }
        }
    }

    /// In which forms the caller is named; `NotPrincipal` names everybody it doesn't list.
    func forms(_ principal: RequestPrincipal, _ assumptions: Assumptions) -> RequestPrincipal.Forms {
        let named = namedForms(principal, assumptions)
        guard isNegated else { return named }
        let isLeftOut =
            assumptions.notPrincipalNeedsEveryForm && !named.contains(.everybody)
            ? !named.isEmpty && named.isSuperset(of: principal.forms) : !named.isEmpty
        return isLeftOut ? [] : .everybody
    }

    private func namedForms(_ principal: RequestPrincipal, _ assumptions: Assumptions) -> RequestPrincipal.Forms {
        var forms: RequestPrincipal.Forms = []
        if everybody, principal.kind != .service || assumptions.everybodyIncludesServices {
            forms.insert(.everybody)
        }
        for entry in entries {
            for name in principal.names
            where entry.hash == name.hash && entry.family == name.family && entry.text == name.text {
                forms.formUnion(RequestPrincipal.Forms(rawValue: name.forms))
            }
        }
        return forms
    }
}
