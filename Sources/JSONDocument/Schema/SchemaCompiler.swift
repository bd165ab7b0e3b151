// SPDX-License-Identifier: Apache-2.0

/// Turns a schema document into nodes, one for each subschema, referenced ones included.
struct SchemaCompiler {
    private let places: SchemaPlaces
    private var nodes: [SchemaNode?] = []
    private var indexes: [SchemaPlace: Int] = [:]
    private var pending: [LocatedSchema] = []

    init(_ schema: JSONValue) {
        places = SchemaPlaces(schema)
    }

    /// The nodes by index; complete after ``compile()``.
    var finishedNodes: [SchemaNode] {
        nodes.compactMap(\.self)
    }

    /// Compiles everything that stands in the schema or is referenced from it.
    /// - Returns: the index of the whole schema's node.
    mutating func compile() throws(SchemaError) -> Int {
        let root = try index(of: places.root)
        try checkDialect()
        // `index(of:)` queues each new subschema, so this ends with the last of them.
        while nodes.count < pending.count {
            let schema = pending[nodes.count]
            nodes.append(SchemaNode(try rules(of: schema)))
        }
        try refuseEndlessReferences()
        return root
    }

    private func checkDialect() throws(SchemaError) {
        guard let dialect = places.root.value["$schema"] else { return }
        let pointer = JSONPointer().appending("$schema")
        guard let text = dialect.string else {
            throw SchemaError(pointer, "found \(Excerpt.kind(dialect)); expected the string `\(DraftFour.uri)`")
        }
        guard DraftFour.acceptedDialects.contains(text) else {
            throw SchemaError(pointer, "`\(Excerpt.of(text))` is not supported; expected `\(DraftFour.uri)`")
        }
    }

    /// The node of a subschema, queued for compiling when it is new.
    private mutating func index(of schema: LocatedSchema) throws(SchemaError) -> Int {
        if let known = indexes[schema.place] {
            return known
        }
        guard schema.value.object != nil else {
            throw SchemaError(
                schema.place.pointer,
                "found \(Excerpt.kind(schema.value)); expected a schema, which is an object in draft-04"
            )
        }
        let index = pending.count
        indexes[schema.place] = index
        pending.append(schema)
        return index
    }

    // MARK: Keywords

    private mutating func rules(of schema: LocatedSchema) throws(SchemaError) -> SchemaRules {
        let keywords = SchemaKeywords(schema)
        var rules = SchemaRules()
        rules.isSensitive = keywords.isSensitive
        if let reference = try keywords.string("$ref") {
            rules.reference = try target(of: reference, in: keywords)
            return rules
        }
        try checkAnnotations(keywords)
        rules.types = try keywords.types()
        rules.enumeration = try keywords.enumeration()
        try compileNumberRules(keywords, into: &rules)
        try compileStringRules(keywords, into: &rules)
        try compileArrayRules(keywords, into: &rules)
        try compileObjectRules(keywords, into: &rules)
        rules.allOf = try list("allOf", keywords)
        rules.anyOf = try list("anyOf", keywords)
        rules.oneOf = try list("oneOf", keywords)
        rules.not = try keywords["not"].map { value throws(SchemaError) in try child(value, ["not"], keywords) }
        _ = try map("definitions", keywords)
        return rules
    }

    private mutating func target(of reference: String, in keywords: SchemaKeywords) throws(SchemaError) -> Int {
        switch places.target(of: reference, from: keywords.schema.base) {
        case .success(let target):
            guard target.value.object != nil else {
                throw keywords.error(
                    "$ref",
                    "`\(Excerpt.of(reference, maxLength: 300))` names \(Excerpt.kind(target.value)), not a schema"
                )
            }
            return try index(of: target)
        case .failure(let failure):
            throw keywords.error("$ref", failure.reason)
        }
    }

    private func checkAnnotations(_ keywords: SchemaKeywords) throws(SchemaError) {
        for name in ["id", "$schema", "title", "description"] {
            _ = try keywords.string(name)
        }
    }

    private func compileNumberRules(_ keywords: SchemaKeywords, into rules: inout SchemaRules) throws(SchemaError) {
        rules.maximum = try keywords.bound("maximum", exclusive: "exclusiveMaximum")
        rules.minimum = try keywords.bound("minimum", exclusive: "exclusiveMinimum")
        if let divisor = try keywords.number("multipleOf") {
            guard divisor > JSONNumber(0) else {
                throw keywords.error("multipleOf", "found `\(divisor.literal)`; expected a number above 0")
            }
            rules.multipleOf = divisor
        }
    }

    private func compileStringRules(_ keywords: SchemaKeywords, into rules: inout SchemaRules) throws(SchemaError) {
        rules.maxLength = try keywords.count("maxLength")
        rules.minLength = try keywords.count("minLength")
        if let pattern = try keywords.string("pattern") {
            rules.pattern = try keywords.pattern(pattern, at: ["pattern"])
        }
        rules.format = try keywords.string("format").flatMap { SchemaFormat(named: $0) }
    }

    private mutating func compileArrayRules(
        _ keywords: SchemaKeywords,
        into rules: inout SchemaRules
    ) throws(SchemaError) {
        rules.maxItems = try keywords.count("maxItems")
        rules.minItems = try keywords.count("minItems")
        rules.hasUniqueItems = try keywords.bool("uniqueItems") ?? false
        var items = SchemaItems()
        let (rest, acceptsRest) = try schemaOrBool("additionalItems", keywords)
        switch keywords["items"] {
        case nil:
            // Without `items` there is nothing for `additionalItems` to be additional to.
            return
        case .array:
            items.positional = try list("items", keywords)
            items.rest = rest
            items.acceptsRest = acceptsRest
        case .object(let object)?:
            items.rest = try child(.object(object), ["items"], keywords)
        case let other?:
            throw keywords.error("items", "found \(Excerpt.kind(other)); expected a schema or an array of schemas")
        }
        rules.items = items
    }

    private mutating func compileObjectRules(
        _ keywords: SchemaKeywords,
        into rules: inout SchemaRules
    ) throws(SchemaError) {
        rules.maxProperties = try keywords.count("maxProperties")
        rules.minProperties = try keywords.count("minProperties")
        rules.required = try keywords.names("required") ?? []
        for (name, node) in try map("properties", keywords) {
            rules.properties[ExactText(name)] = node
            rules.propertyNames.append(name)
        }
        for (name, node) in try map("patternProperties", keywords) {
            let pattern = try keywords.pattern(name, at: ["patternProperties", name])
            rules.patternProperties.append((pattern, node))
        }
        let (rest, acceptsRest) = try schemaOrBool("additionalProperties", keywords)
        rules.additionalProperties = rest
        rules.acceptsAdditionalProperties = acceptsRest
        for member in try keywords.map("dependencies")?.members ?? [] {
            let rule: SchemaDependency
            if member.value.array != nil {
                let path = ["dependencies", member.name]
                rule = .members(try keywords.names(in: member.value, at: path))
            } else {
                rule = .schema(try child(member.value, ["dependencies", member.name], keywords))
            }
            rules.dependencies.append((member.name, rule))
        }
    }

    // MARK: Subschemas

    private mutating func child(
        _ value: JSONValue,
        _ path: [String],
        _ keywords: SchemaKeywords
    ) throws(SchemaError) -> Int {
        let place = path.reduce(keywords.schema.place) { $0.appending($1) }
        return try index(of: places.located(value, at: place))
    }

    private mutating func list(_ name: String, _ keywords: SchemaKeywords) throws(SchemaError) -> [Int] {
        guard let elements = try keywords.list(name) else { return [] }
        let place = keywords.schema.place.appending(name)
        var result: [Int] = []
        for (offset, element) in elements.enumerated() {
            result.append(try index(of: places.located(element, at: place.appending(offset))))
        }
        return result
    }

    private mutating func map(_ name: String, _ keywords: SchemaKeywords) throws(SchemaError) -> [(String, Int)] {
        var result: [(String, Int)] = []
        for member in try keywords.map(name)?.members ?? [] {
            result.append((member.name, try child(member.value, [name, member.name], keywords)))
        }
        return result
    }

    private mutating func schemaOrBool(
        _ name: String,
        _ keywords: SchemaKeywords
    ) throws(SchemaError) -> (Int?, Bool) {
        switch keywords[name] {
        case nil:
            return (nil, true)
        case .bool(let flag)?:
            return (nil, flag)
        case .object(let object)?:
            return (try child(.object(object), [name], keywords), true)
        case let other?:
            throw keywords.error(name, "found \(Excerpt.kind(other)); expected a schema, true or false")
        }
    }

    // MARK: Endless references

    /// Refuses subschemas that lead back to themselves on one and the same value, as `{"$ref": "#"}` does.
    private func refuseEndlessReferences() throws(SchemaError) {
        var isDone = [Bool](repeating: false, count: nodes.count)
        var isOpen = isDone
        for start in nodes.indices where !isDone[start] {
            var stack: [(node: Int, next: [Int])] = [(start, edges(start))]
            isOpen[start] = true
            while let top = stack.last {
                guard let next = top.next.last else {
                    isDone[top.node] = true
                    isOpen[top.node] = false
                    stack.removeLast()
                    continue
                }
                stack[stack.count - 1].next.removeLast()
                if isOpen[next] {
                    throw SchemaError(
                        pending[next].place.pointer,
                        "the references lead back to this schema without going down into the value, which never ends"
                    )
                }
                if !isDone[next] {
                    isOpen[next] = true
                    stack.append((next, edges(next)))
                }
            }
        }
    }

    private func edges(_ index: Int) -> [Int] {
        nodes[index]?.rules.sameValueNodes ?? []
    }
}
