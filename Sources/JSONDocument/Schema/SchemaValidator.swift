// SPDX-License-Identifier: Apache-2.0

/// One validation under way: where it is in the document, and what it found.
struct SchemaValidator {
    /// How deep schemas may apply each other; a chain of references counts as well as nested values.
    static let maxDepth = 1000
    /// How many times a subschema may be applied in one validation.
    static let maxSteps = 5_000_000
    /// How many violations one validation reports.
    static let maxFindings = 100
    /// How deep the alternatives of `anyOf` and `oneOf` are explained inside each other.
    static let maxExplanationDepth = 2

    /// A violation in two wordings, of which the second shows nothing of the value.
    struct Finding {
        let path: [JSONPointer.Token]
        let keyword: String
        let message: String
        let discreetMessage: String
    }

    let nodes: [SchemaNode]
    private let root: Int
    let tracksSensitiveValues: Bool

    var path: [JSONPointer.Token] = []
    var findings: [Finding] = []
    /// Above 0 only the answer counts, and the first violation ends a check.
    private(set) var quietness = 0
    var explanationDepth = 0
    private var depth = 0
    private var steps = 0
    private var sensitivePaths: Set<[JSONPointer.Token]> = []
    /// Why the answer can't be found; ends the whole validation, so that no `not` turns it into a yes.
    private(set) var undecided: Finding?

    init(_ schema: JSONSchema) {
        nodes = schema.nodes
        root = schema.root
        tracksSensitiveValues = schema.hasSensitiveValues
    }

    var isQuiet: Bool {
        quietness > 0
    }

    // MARK: Answers

    mutating func accepts(_ value: JSONValue) -> Bool {
        quietness += 1
        defer { quietness -= 1 }
        return check(root, value) && undecided == nil
    }

    mutating func violations(of value: JSONValue) -> [SchemaViolation] {
        _ = check(root, value)
        if let undecided {
            findings = [undecided]
        }
        return findings.map { finding in
            SchemaViolation(
                instance: JSONPointer(finding.path),
                message: isSensitive(finding.path) ? finding.discreetMessage : finding.message,
                keyword: finding.keyword
            )
        }
    }

    private func isSensitive(_ path: [JSONPointer.Token]) -> Bool {
        guard !sensitivePaths.isEmpty else { return false }
        return (0...path.count).contains { sensitivePaths.contains(Array(path.prefix($0))) }
    }

    // MARK: Findings

    /// Notes a violation at the present place; `message` is given what to show of the value.
    mutating func fail(_ keyword: String, _ value: JSONValue, _ message: (_ shown: String) -> String) {
        guard !isQuiet, findings.count < Self.maxFindings else { return }
        findings.append(
            Finding(
                path: path,
                keyword: keyword,
                message: message(Excerpt.of(value)),
                discreetMessage: message("the value")
            )
        )
    }

    /// Ends the validation because the answer can't be found.
    mutating func giveUp(_ keyword: String, _ reason: String) {
        guard undecided == nil else { return }
        undecided = Finding(path: path, keyword: keyword, message: reason, discreetMessage: reason)
    }

    /// Checks a value one step further down.
    mutating func check(_ node: Int, _ value: JSONValue, at token: @autoclosure () -> JSONPointer.Token) -> Bool {
        guard !isQuiet || tracksSensitiveValues else { return check(node, value) }
        path.append(token())
        defer { path.removeLast() }
        return check(node, value)
    }

    /// Checks a value without noting violations.
    mutating func fits(_ node: Int, _ value: JSONValue) -> Bool {
        quietness += 1
        defer { quietness -= 1 }
        return check(node, value)
    }

    /// The violations of a value against one node, apart from those found so far.
    mutating func explain(_ node: Int, _ value: JSONValue) -> [Finding] {
        let outer = findings
        findings = []
        explanationDepth += 1
        defer {
            findings = outer
            explanationDepth -= 1
        }
        _ = check(node, value)
        return findings
    }

    // MARK: Checks

    /// Checks a value against a node.
    /// - Returns: whether it fits; `false` as well once the validation was given up.
    mutating func check(_ index: Int, _ value: JSONValue) -> Bool {
        guard undecided == nil else { return false }
        steps += 1
        guard depth < Self.maxDepth, steps < Self.maxSteps else {
            giveUp("$ref", "the value is nested too deeply, or its schema branches too often, for it to be checked")
            return false
        }
        depth += 1
        defer { depth -= 1 }
        let node = nodes[index]
        if node.rules.isSensitive {
            sensitivePaths.insert(path)
        }
        if let reference = node.rules.reference {
            return check(reference, value)
        }
        if let types = node.rules.types, !types.accepts(value) {
            failType(value, types)
            return false
        }
        var fits = checkEnumeration(node, value)
        guard fits || !isQuiet else { return false }
        switch value {
        case .number(let number): fits = checkNumber(node, value, number) && fits
        case .string(let text): fits = checkString(node, value, text) && fits
        case .array(let elements): fits = checkArray(node, value, elements) && fits
        case .object(let object): fits = checkObject(node, value, object) && fits
        case .null, .bool: break
        }
        guard fits || !isQuiet else { return false }
        return checkCombinations(node, value) && fits
    }

    private mutating func failType(_ value: JSONValue, _ types: SchemaTypes) {
        fail("type", value) { shown in
            var found = Excerpt.kind(value)
            if case .number = value, shown != "the value" {
                found = "the number \(shown)"
            }
            return "found \(found); expected \(types.phrases.joined(separator: " or "))"
        }
    }

    private mutating func checkEnumeration(_ node: SchemaNode, _ value: JSONValue) -> Bool {
        guard let accepted = node.rules.enumeration, !accepted.contains(value) else { return true }
        fail("enum", value) { shown in
            let list = Excerpt.list(accepted.map { $0.string ?? $0.text() })
            return accepted.count == 1
                ? "\(shown) is not \(list), the only value accepted" : "\(shown) is none of \(list)"
        }
        return false
    }

    private mutating func checkCombinations(_ node: SchemaNode, _ value: JSONValue) -> Bool {
        var fits = true
        for part in node.rules.allOf where !check(part, value) {
            fits = false
            guard !isQuiet else { return false }
        }
        fits = checkAlternatives(node, value) && fits
        if let not = node.rules.not, self.fits(not, value) {
            fail("not", value) { shown in "\(shown) fits the schema under `not`, which it must not" }
            fits = false
        }
        return fits
    }
}
