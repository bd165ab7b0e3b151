// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Yams

/// Reads the YAML that CloudFormation accepts: YAML 1.1 without aliases, merges and the exotic tags.
///
/// Source: CloudFormation user guide, "Template format", and "Intrinsic function reference" for the short forms.
/// Dates, octal and other numbers that JSON can't write stay text, so that `Version: 2012-10-17` and an account id
/// with a leading zero keep their characters.
enum YAMLTemplate {
    /// Reads one YAML document.
    static func parse(_ text: String) throws(TemplateError) -> JSONValue {
        guard text.utf8.count <= TemplateDocument.maxBytes else {
            throw .format("the template has more than \(TemplateDocument.maxBytes) bytes.")
        }
        if let alias = AliasFinder.firstAlias(in: text) {
            throw .function("YAML aliases are not allowed in CloudFormation templates (found `*\(alias)`)")
        }
        guard let root = try compose(text) else { throw .format("unsupported structure.") }
        return try value(of: root, depth: 0)
    }

    private static func compose(_ text: String) throws(TemplateError) -> Node? {
        do {
            return try Parser(yaml: text, resolver: .basic, encoding: .utf8).singleRoot()
        } catch let error as YamlError {
            throw malformed(error)
        } catch {
            throw .format("YAML not well-formed.")
        }
    }

    private static func malformed(_ error: YamlError) -> TemplateError {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            return .format("YAML not well-formed. (line \(mark.line), column \(mark.column)): \(problem)")
        case .duplicatedKeysInMapping(let names, let context):
            let list = names.sorted().map { "`\($0)`" }.joined(separator: ", ")
            return .format(
                "YAML not well-formed. (line \(context.mark.line), column \(context.mark.column)): "
                    + "the key \(list) stands twice in one mapping"
            )
        case .reader(let problem, _, _, _):
            return .format("YAML not well-formed. \(problem)")
        default:
            return .format("YAML not well-formed.")
        }
    }

    private static func value(of node: Node, depth: Int) throws(TemplateError) -> JSONValue {
        guard depth < TemplateDocument.maxDepth else {
            throw .format("the template nests deeper than \(TemplateDocument.maxDepth) levels.")
        }
        switch node {
        case .scalar(let scalar):
            return try tagged(scalar.tag.rawValue, node) { () throws(TemplateError) in
                YAMLScalar.value(scalar.string, isPlain: scalar.style == .plain)
            }
        case .sequence(let sequence):
            return try tagged(sequence.tag.rawValue, node) { () throws(TemplateError) in
                var elements: [JSONValue] = []
                for element in sequence {
                    elements.append(try value(of: element, depth: depth + 1))
                }
                return .array(elements)
            }
        case .mapping(let mapping):
            return try tagged(mapping.tag.rawValue, node) { () throws(TemplateError) in
                try object(mapping, depth: depth)
            }
        case .alias:
            throw .function("YAML aliases are not allowed in CloudFormation templates")
        }
    }

    private static func object(_ mapping: Node.Mapping, depth: Int) throws(TemplateError) -> JSONValue {
        var object = JSONObject()
        for (key, element) in mapping {
            guard case .scalar(let name) = key else {
                throw malformed("a mapping's key must be text", at: key)
            }
            guard object[name.string] == nil else {
                throw malformed("the key `\(name.string)` stands twice in one mapping", at: key)
            }
            object[name.string] = try value(of: element, depth: depth + 1)
        }
        return .object(object)
    }

    /// Wraps a value in the function that its short tag names; `untagged` makes the value itself.
    private static func tagged(
        _ tag: String,
        _ node: Node,
        _ untagged: () throws(TemplateError) -> JSONValue
    ) throws(TemplateError) -> JSONValue {
        if tag.isEmpty || tag == "!" {
            return try untagged()
        }
        if tag.hasPrefix("!"), let function = shortTags[String(tag.dropFirst())] {
            if case .scalar(let scalar) = node {
                return function.object(.string(scalar.string))
            }
            return function.object(try untagged())
        }
        switch tag {
        case "tag:yaml.org,2002:str":
            if case .scalar(let scalar) = node { return .string(scalar.string) }
        case "tag:yaml.org,2002:int", "tag:yaml.org,2002:float", "tag:yaml.org,2002:bool", "tag:yaml.org,2002:null":
            if case .scalar(let scalar) = node { return YAMLScalar.value(scalar.string, isPlain: true) }
        case "tag:yaml.org,2002:seq", "tag:yaml.org,2002:map":
            return try untagged()
        default:
            break
        }
        throw malformed("the tag `\(tag)` is not supported here", at: node)
    }

    private static func malformed(_ problem: String, at node: Node) -> TemplateError {
        let mark = node.mark
        return .format("YAML not well-formed. (line \(mark?.line ?? 1), column \(mark?.column ?? 1)): \(problem)")
    }

    /// A function's full name, and whether its short form takes `A.B` for `[A, B]`.
    private struct ShortTag {
        let name: String
        var splitsAtDot = false

        func object(_ argument: JSONValue) -> JSONValue {
            var object = JSONObject()
            object[name] = splitsAtDot ? AttributeName.split(argument) : argument
            return .object(object)
        }
    }

    private static let shortTags: [String: ShortTag] = {
        var tags = ["Ref": ShortTag(name: "Ref"), "Condition": ShortTag(name: "Condition")]
        for name in [
            "And", "Base64", "Cidr", "Equals", "FindInMap", "GetAZs", "If", "ImportValue", "Join", "Not", "Or",
            "Select", "Split", "Sub", "Transform",
        ] {
            tags[name] = ShortTag(name: "Fn::\(name)")
        }
        tags["GetAtt"] = ShortTag(name: "Fn::GetAtt", splitsAtDot: true)
        return tags
    }()
}

/// The textual form of `Fn::GetAtt`'s argument, `Resource.Attribute`.
enum AttributeName {
    /// `A.B.C` as `[A, B.C]`; anything else as it is.
    static func split(_ argument: JSONValue) -> JSONValue {
        guard let text = argument.string, let dot = text.firstIndex(of: ".") else { return argument }
        return .array([.string(String(text[..<dot])), .string(String(text[text.index(after: dot)...]))])
    }
}
