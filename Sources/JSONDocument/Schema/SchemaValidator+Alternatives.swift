// SPDX-License-Identifier: Apache-2.0

extension SchemaValidator {
    mutating func checkAlternatives(_ node: SchemaNode, _ value: JSONValue) -> Bool {
        var fits = true
        if !node.rules.anyOf.isEmpty, !fitsAny(node.rules.anyOf, value) {
            failAlternatives("anyOf", node.rules.anyOf, value)
            fits = false
        }
        guard !node.rules.oneOf.isEmpty, fits || !isQuiet else { return fits }
        var matching: [Int] = []
        for (offset, part) in node.rules.oneOf.enumerated() where self.fits(part, value) {
            matching.append(offset + 1)
            if isQuiet && matching.count > 1 { return false }
        }
        if matching.isEmpty {
            failAlternatives("oneOf", node.rules.oneOf, value)
        } else if matching.count > 1 {
            let numbers = matching.map(String.init).joined(separator: ", ")
            fail("oneOf", value) { shown in
                "\(shown) fits \(matching.count) of the alternatives (\(numbers)); it must fit exactly one"
            }
        }
        return fits && matching.count == 1
    }

    private mutating func fitsAny(_ parts: [Int], _ value: JSONValue) -> Bool {
        for part in parts where fits(part, value) {
            return true
        }
        return false
    }

    /// Says why no alternative fits: in full for the only one of the value's type, else in short for each.
    private mutating func failAlternatives(_ keyword: String, _ parts: [Int], _ value: JSONValue) {
        guard !isQuiet, undecided == nil else { return }
        guard explanationDepth < Self.maxExplanationDepth else {
            fail(keyword, value) { shown in "\(shown) fits none of the \(parts.count) alternatives" }
            return
        }
        let candidates = parts.filter { accepts(type: value, $0) }
        if candidates.count == 1 {
            findings += explain(candidates[0], value)
            return
        }
        let reasons = (candidates.isEmpty ? parts : candidates).prefix(Excerpt.maxListed)
            .compactMap { explain($0, value).first }
        guard !reasons.isEmpty else {
            fail(keyword, value) { shown in "\(shown) fits none of the \(parts.count) alternatives" }
            return
        }
        if candidates.isEmpty, let merged = mergedTypes(parts) {
            fail("type", value) { _ in
                "found \(Excerpt.kind(value)); expected \(merged.phrases.joined(separator: " or "))"
            }
            return
        }
        findings.append(
            Finding(
                path: path,
                keyword: keyword,
                // A value inside may turn out sensitive later on, so where any is, none is shown.
                message: summary(reasons.map { (place($0), tracksSensitiveValues ? $0.discreetMessage : $0.message) }),
                discreetMessage: summary(reasons.map { (place($0), $0.discreetMessage) })
            )
        )
    }

    private func summary(_ reasons: [(place: String, message: String)]) -> String {
        let parts = reasons.enumerated().map { "(\($0.offset + 1)) \($0.element.place)\($0.element.message)" }
        return "fits none of the alternatives: " + parts.joined(separator: "; ")
    }

    private func place(_ finding: Finding) -> String {
        let inner = JSONPointer(Array(finding.path.dropFirst(path.count)))
        return inner.tokens.isEmpty ? "" : "\(inner): "
    }

    /// The types that a node asks for by itself, references followed.
    private func types(of index: Int) -> SchemaTypes? {
        var rules = nodes[index].rules
        while let reference = rules.reference {
            rules = nodes[reference].rules
        }
        return rules.types
    }

    private func accepts(type value: JSONValue, _ index: Int) -> Bool {
        types(of: index)?.accepts(value) ?? true
    }

    private func mergedTypes(_ parts: [Int]) -> SchemaTypes? {
        var merged: SchemaTypes = []
        for part in parts {
            guard let types = types(of: part) else { return nil }
            merged.formUnion(types)
        }
        return merged
    }
}
