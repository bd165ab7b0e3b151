// SPDX-License-Identifier: Apache-2.0

/// A place in one of the documents that a compilation knows.
struct SchemaPlace: Hashable, Sendable {
    /// 0 for the schema itself, 1 for the draft-04 metaschema.
    let document: Int
    let pointer: JSONPointer
    private let key: ExactText

    init(document: Int, pointer: JSONPointer) {
        self.document = document
        self.pointer = pointer
        key = ExactText(pointer.description)
    }

    static func == (lhs: SchemaPlace, rhs: SchemaPlace) -> Bool {
        lhs.document == rhs.document && lhs.key == rhs.key
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(document)
        hasher.combine(key)
    }

    func appending(_ name: String) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(name))
    }

    func appending(_ index: Int) -> SchemaPlace {
        SchemaPlace(document: document, pointer: pointer.appending(index))
    }
}

/// A schema object somewhere in a document, with the base that its references are relative to.
struct LocatedSchema: Sendable {
    let place: SchemaPlace
    let value: JSONValue
    let base: URIReference
}

/// Finds what references name: every `id` of the documents is noted beforehand.
struct SchemaPlaces {
    private let documents: [JSONValue]
    private var bases: [SchemaPlace: URIReference] = [:]
    /// Schemas by the full text of their identifiers; several where an identifier is not unique.
    private var identified: [ExactText: [LocatedSchema]] = [:]

    /// The whole schema.
    let root: LocatedSchema

    init(_ schema: JSONValue) {
        documents = [schema, DraftFour.metaschema]
        root = LocatedSchema(
            place: SchemaPlace(document: 0, pointer: JSONPointer()),
            value: schema,
            base: Self.base(of: schema, under: URIReference())
        )
        for (number, document) in documents.enumerated() {
            let place = SchemaPlace(document: number, pointer: JSONPointer())
            let base = Self.base(of: document, under: URIReference())
            if number == 0 {
                // The schema answers to the empty base as well, so that `#/…` works without any `id`.
                note(URIReference(), LocatedSchema(place: place, value: document, base: base))
            }
            scan(document, at: place, under: URIReference())
        }
    }

    private static func base(of schema: JSONValue, under base: URIReference) -> URIReference {
        guard schema["$ref"] == nil, let id = schema["id"]?.string else { return base }
        return URIReference(id).resolved(against: base).withoutFragment
    }

    private mutating func note(_ identifier: URIReference, _ schema: LocatedSchema) {
        var identifier = identifier
        if identifier.fragment == "" {
            identifier.fragment = nil
        }
        let known = identified[ExactText(identifier.text)] ?? []
        // What the schema itself identifies, as a copy of the metaschema does, goes before what is built in.
        let isShadowed = schema.place.document > 0 && !known.isEmpty
        if !isShadowed && !known.contains(where: { $0.place == schema.place }) {
            identified[ExactText(identifier.text)] = known + [schema]
        }
    }

    private mutating func scan(_ schema: JSONValue, at place: SchemaPlace, under outer: URIReference) {
        guard let object = schema.object else { return }
        let base = Self.base(of: schema, under: outer)
        bases[place] = base
        if object["$ref"] == nil, let id = object["id"]?.string {
            note(URIReference(id).resolved(against: outer), LocatedSchema(place: place, value: schema, base: base))
        }
        for member in object.members {
            guard let shape = SchemaShape.ofKeyword[member.name] else { continue }
            for (child, value) in shape.schemas(in: member.value, at: place.appending(member.name)) {
                scan(value, at: child, under: base)
            }
        }
    }

    /// The base at a place: its own where it is a schema, else that of the nearest schema around it.
    private func base(at place: SchemaPlace) -> URIReference {
        var tokens = place.pointer.tokens
        while true {
            if let base = bases[SchemaPlace(document: place.document, pointer: JSONPointer(tokens))] {
                return base
            }
            guard tokens.popLast() != nil else { return URIReference() }
        }
    }

    /// A value with the base that holds at its place.
    func located(_ value: JSONValue, at place: SchemaPlace) -> LocatedSchema {
        LocatedSchema(place: place, value: value, base: base(at: place))
    }

    /// Finds the target of a reference; the failure is the reason in words.
    func target(of reference: String, from base: URIReference) -> Result<LocatedSchema, SchemaReferenceFailure> {
        let whole = URIReference(reference).resolved(against: base)
        guard let fragment = whole.decodedFragment else {
            return .failure("`\(shown(reference))` has a broken percent escape in its fragment")
        }
        if !fragment.isEmpty && !fragment.hasPrefix("/") {
            return identifiedSchema(whole, as: reference)
        }
        switch identifiedSchema(whole.withoutFragment, as: reference) {
        case .failure(let failure):
            return .failure(failure)
        case .success(let resource):
            return fragment.isEmpty ? .success(resource) : walk(fragment, from: resource, as: reference)
        }
    }

    private func identifiedSchema(
        _ identifier: URIReference,
        as reference: String
    ) -> Result<LocatedSchema, SchemaReferenceFailure> {
        let found = identified[ExactText(identifier.text)] ?? []
        guard let schema = found.first else {
            return .failure(
                """
                `\(shown(reference))` names nothing in this schema; nothing is fetched, so a reference must name \
                a part of the schema, an `id` in it, or \(DraftFour.uri)
                """
            )
        }
        guard found.count == 1 else {
            return .failure("`\(shown(reference))` names \(found.count) subschemas with the same `id`")
        }
        return .success(schema)
    }

    private func walk(
        _ pointer: String,
        from start: LocatedSchema,
        as reference: String
    ) -> Result<LocatedSchema, SchemaReferenceFailure> {
        var value = start.value
        var place = start.place
        for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
            let token = Self.unescape(part)
            if let object = value.object, let member = object[token] {
                value = member
                place = place.appending(token)
            } else if let elements = value.array, let index = Self.index(token), index < elements.count {
                value = elements[index]
                place = place.appending(index)
            } else {
                return .failure(
                    "`\(shown(reference))` names nothing: there is no `\(Excerpt.of(token))`\(Self.offer(value))"
                )
            }
        }
        return .success(located(value, at: place))
    }

    private func shown(_ reference: String) -> String {
        Excerpt.of(reference, maxLength: 300)
    }

    private static func offer(_ value: JSONValue) -> String {
        guard let names = value.object?.names, !names.isEmpty else { return "" }
        return " beside \(Excerpt.list(names))"
    }

    private static func index(_ token: String) -> Int? {
        guard token == "0" || (!token.hasPrefix("0") && token.utf8.allSatisfy { (48...57).contains($0) }) else {
            return nil
        }
        return Int(token)
    }

    /// Undoes `~1` and `~0`, RFC 6901 §4.
    private static func unescape(_ token: Substring) -> String {
        var text = ""
        var scalars = token.unicodeScalars
        while let scalar = scalars.popFirst() {
            if scalar == "~", let next = scalars.first, next == "0" || next == "1" {
                scalars.removeFirst()
                text.unicodeScalars.append(next == "0" ? "~" : "/")
            } else {
                text.unicodeScalars.append(scalar)
            }
        }
        return text
    }
}

/// Why a reference has no target.
struct SchemaReferenceFailure: Error, ExpressibleByStringInterpolation {
    let reason: String

    init(stringLiteral value: String) {
        reason = value
    }
}
