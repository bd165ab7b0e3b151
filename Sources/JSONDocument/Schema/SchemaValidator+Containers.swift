// SPDX-License-Identifier: Apache-2.0

extension SchemaValidator {
    // MARK: Arrays

    mutating func checkArray(_ node: SchemaNode, _ value: JSONValue, _ elements: [JSONValue]) -> Bool {
        var fits = checkCount(
            elements.count,
            value,
            ("minItems", node.rules.minItems),
            ("maxItems", node.rules.maxItems),
            unit: "element"
        )
        guard fits || !isQuiet else { return false }
        if let items = node.rules.items {
            fits = checkItems(items, elements) && fits
        }
        guard fits || !isQuiet else { return false }
        if node.rules.hasUniqueItems, let (first, second) = Self.firstDuplicate(elements) {
            fail("uniqueItems", value) { _ in
                "the elements \(first) and \(second) (counted from 0) are equal; each value may stand once"
            }
            fits = false
        }
        return fits
    }

    private mutating func checkItems(_ items: SchemaItems, _ elements: [JSONValue]) -> Bool {
        var fits = true
        for (index, element) in elements.enumerated() {
            let isPositional = index < items.positional.count
            if let node = isPositional ? items.positional[index] : items.rest {
                fits = check(node, element, at: .index(index)) && fits
            } else if !isPositional && !items.acceptsRest {
                failStranger("additionalItems", .index(index), element) {
                    "an element too many; at most \(Self.counted(items.positional.count, "element")) may stand here"
                }
                return false
            }
            guard fits || !isQuiet else { return false }
        }
        return fits
    }

    private static func firstDuplicate(_ elements: [JSONValue]) -> (Int, Int)? {
        guard elements.count > 1 else { return nil }
        var places: [JSONValue: Int] = [:]
        places.reserveCapacity(elements.count)
        for (index, element) in elements.enumerated() {
            if let first = places.updateValue(index, forKey: element) {
                return (first, index)
            }
        }
        return nil
    }

    private mutating func checkCount(
        _ count: Int,
        _ value: JSONValue,
        _ minimum: (keyword: String, limit: Int?),
        _ maximum: (keyword: String, limit: Int?),
        unit: String
    ) -> Bool {
        if let limit = minimum.limit, count < limit {
            fail(minimum.keyword, value) { _ in
                "has \(Self.counted(count, unit)); at least \(limit) \(limit == 1 ? "is" : "are") required"
            }
            return false
        }
        if let limit = maximum.limit, count > limit {
            fail(maximum.keyword, value) { _ in
                "has \(Self.counted(count, unit)); at most \(limit) \(limit == 1 ? "is" : "are") accepted"
            }
            return false
        }
        return true
    }

    private static func counted(_ count: Int, _ unit: String) -> String {
        count == 1 ? "1 \(unit)" : "\(count) \(unit)s"
    }

    /// Notes a violation of a value one step further down that should not be there at all.
    private mutating func failStranger(
        _ keyword: String,
        _ token: JSONPointer.Token,
        _ value: JSONValue,
        _ message: () -> String
    ) {
        guard !isQuiet else { return }
        path.append(token)
        fail(keyword, value) { _ in message() }
        path.removeLast()
    }

    // MARK: Objects

    mutating func checkObject(_ node: SchemaNode, _ value: JSONValue, _ object: JSONObject) -> Bool {
        var fits = checkCount(
            object.count,
            value,
            ("minProperties", node.rules.minProperties),
            ("maxProperties", node.rules.maxProperties),
            unit: "member"
        )
        guard fits || !isQuiet else { return false }
        if node.rules.looksAtMembers {
            for member in object.members {
                fits = checkMember(node, member) && fits
                guard fits || !isQuiet else { return false }
            }
        }
        for name in node.rules.required where object[name] == nil {
            fail("required", value) { _ in "the required member `\(Excerpt.of(name))` is missing" }
            fits = false
            guard !isQuiet else { return false }
        }
        for (name, rule) in node.rules.dependencies where object[name] != nil {
            fits = checkDependency(name, rule, value, object) && fits
            guard fits || !isQuiet else { return false }
        }
        return fits
    }

    private mutating func checkMember(_ node: SchemaNode, _ member: JSONObject.Member) -> Bool {
        var fits = true
        var isKnown = false
        if let property = node.rules.properties[ExactText(member.name)] {
            isKnown = true
            fits = check(property, member.value, at: .name(member.name))
        }
        for (pattern, schema) in node.rules.patternProperties {
            switch pattern.search(member.name) {
            case .notFound:
                continue
            case .undecided:
                giveUp("patternProperties", Self.undecidedPattern(pattern))
                return false
            case .found:
                isKnown = true
                fits = check(schema, member.value, at: .name(member.name)) && fits
            }
        }
        guard !isKnown else { return fits }
        if let additional = node.rules.additionalProperties {
            return check(additional, member.value, at: .name(member.name))
        }
        guard !node.rules.acceptsAdditionalProperties else { return true }
        failStranger("additionalProperties", .name(member.name), member.value) {
            "unknown member `\(Excerpt.of(member.name))`; \(Self.accepted(node, instead: member.name))"
        }
        return false
    }

    /// What members an object may have, with the likeliest one for a name that is none of them.
    private static func accepted(_ node: SchemaNode, instead stranger: String) -> String {
        let names = node.rules.propertyNames
        var accepted: [String] = []
        if !names.isEmpty {
            accepted.append(Excerpt.list(names))
        }
        if !node.rules.patternProperties.isEmpty {
            accepted.append("names that match \(Excerpt.list(node.rules.patternProperties.map(\.pattern.source)))")
        }
        guard !accepted.isEmpty else { return "no members are accepted" }
        let list =
            "accepted \(names.count == 1 && accepted.count == 1 ? "is" : "are") "
            + accepted.joined(separator: ", and ")
        guard let likely = SpellingDistance.nearest(to: stranger, among: names) else { return list }
        return "did you mean `\(Excerpt.of(likely))`? \(list)"
    }

    private mutating func checkDependency(
        _ name: String,
        _ rule: SchemaDependency,
        _ value: JSONValue,
        _ object: JSONObject
    ) -> Bool {
        switch rule {
        case .schema(let node):
            return check(node, value)
        case .members(let needed):
            var fits = true
            for other in needed where object[other] == nil {
                fail("dependencies", value) { _ in
                    "the member `\(Excerpt.of(name))` needs the member `\(Excerpt.of(other))`, which is missing"
                }
                fits = false
            }
            return fits
        }
    }
}
