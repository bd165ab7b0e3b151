// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Reads a policy out of JSON; nothing unknown is passed over.
enum PolicyParser {
    static func document(_ value: JSONValue) throws(PolicyParseError) -> PolicyDocument {
        let root = JSONPointer()
        let object = try object(value, "a policy", root)
        var document = PolicyDocument(version: nil, statements: [])
        document.order = object.names
        for member in object.members {
            let pointer = root.appending(member.name)
            switch member.name {
            case "Version":
                let text = try string(member.value, "`Version`", pointer)
                guard let version = PolicyDocument.Version(rawValue: text) else {
                    let known = "`2012-10-17` and `2008-10-17`"
                    throw PolicyParseError("the version `\(text)` is none of \(known)", at: pointer)
                }
                document.version = version
            case "Id":
                document.id = try string(member.value, "`Id`", pointer)
            case "Statement":
                (document.statements, document.hasBareStatement) = try statements(member.value, pointer)
            default:
                throw unknown(member.name, "a policy", "`Version`, `Id` and `Statement`", pointer)
            }
        }
        guard object["Statement"] != nil else { throw PolicyParseError("the policy has no `Statement`", at: root) }
        return document
    }

    private static func statements(
        _ value: JSONValue,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> (statements: [PolicyStatement], isBare: Bool) {
        guard case .array(let elements) = value else { return ([try statement(value, pointer)], true) }
        var statements: [PolicyStatement] = []
        for (index, element) in elements.enumerated() {
            statements.append(try statement(element, pointer.appending(index)))
        }
        return (statements, false)
    }

    private static func statement(
        _ value: JSONValue,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> PolicyStatement {
        let object = try object(value, "a statement", pointer)
        guard let effectValue = object["Effect"] else {
            throw PolicyParseError("the statement has no `Effect`", at: pointer)
        }
        let effectText = try string(effectValue, "`Effect`", pointer.appending("Effect"))
        guard let effect = PolicyStatement.Effect(rawValue: effectText) else {
            let place = pointer.appending("Effect")
            throw PolicyParseError("the effect `\(effectText)` is neither `Allow` nor `Deny`", at: place)
        }
        var statement = PolicyStatement(effect: effect, order: object.names)
        for member in object.members {
            try read(member, into: &statement, object, pointer.appending(member.name))
        }
        return statement
    }

    private static func read(
        _ member: JSONObject.Member,
        into statement: inout PolicyStatement,
        _ object: JSONObject,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) {
        let isNegated = member.name.hasPrefix("Not")
        if isNegated, object[String(member.name.dropFirst(3))] != nil {
            let positive = member.name.dropFirst(3)
            throw PolicyParseError("a statement takes either `\(positive)` or `\(member.name)`, not both", at: pointer)
        }
        switch member.name {
        case "Effect":
            break
        case "Sid":
            statement.sid = try string(member.value, "`Sid`", pointer)
        case "Principal", "NotPrincipal":
            statement.principal = try principal(member.value, isNegated: isNegated, pointer)
        case "Action", "NotAction":
            let values = try strings(member.value, "`\(member.name)`", pointer)
            statement.action = MatchElement(values.values, isNegated: isNegated, isScalar: values.isScalar)
        case "Resource", "NotResource":
            let values = try strings(member.value, "`\(member.name)`", pointer)
            statement.resource = MatchElement(values.values, isNegated: isNegated, isScalar: values.isScalar)
        case "Condition":
            statement.condition = try condition(member.value, pointer)
        default:
            let known = "`Sid`, `Effect`, `Principal`, `Action`, `Resource`, `Condition` and their `Not…` forms"
            throw unknown(member.name, "a statement", known, pointer)
        }
    }

    private static func principal(
        _ value: JSONValue,
        isNegated: Bool,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> PrincipalElement {
        if case .string(let text) = value {
            guard text == "*" else {
                let reason = "a principal is `\"*\"` or an object such as `{\"AWS\": \"…\"}`, not the string `\(text)`"
                throw PolicyParseError(reason, at: pointer)
            }
            return .bareWildcard(isNegated: isNegated)
        }
        var entries: [PrincipalElement.Entry] = []
        for member in try object(value, "a principal", pointer).members {
            let place = pointer.appending(member.name)
            guard let family = PrincipalElement.Family(rawValue: member.name) else {
                let known = "`AWS`, `Service`, `Federated` and `CanonicalUser`"
                throw unknown(member.name, "a principal", known, place)
            }
            entries.append(PrincipalElement.Entry(family, try strings(member.value, "`\(member.name)`", place)))
        }
        return PrincipalElement(entries, isNegated: isNegated)
    }

    private static func condition(
        _ value: JSONValue,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> ConditionElement {
        var blocks: [ConditionElement.Block] = []
        for member in try object(value, "`Condition`", pointer).members {
            let place = pointer.appending(member.name)
            guard let conditionOperator = ConditionOperator(parsing: member.name) else {
                throw PolicyParseError("`\(member.name)` is no condition operator", at: place)
            }
            var tests: [ConditionElement.Test] = []
            for test in try object(member.value, "the value of a condition operator", place).members {
                tests.append(try conditionTest(test, place.appending(test.name)))
            }
            blocks.append(
                ConditionElement.Block(
                    operatorName: member.name,
                    conditionOperator: conditionOperator,
                    tests: tests
                )
            )
        }
        return ConditionElement(blocks: blocks)
    }

    private static func conditionTest(
        _ member: JSONObject.Member,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> ConditionElement.Test {
        let values = member.value.array ?? [member.value]
        for (index, value) in values.enumerated() {
            switch value {
            case .string, .bool, .number: break
            case .null, .array, .object:
                let place = member.value.array == nil ? pointer : pointer.appending(index)
                let expected = "a string, a number or a Boolean"
                throw PolicyParseError("a condition value must be \(expected), found \(value.kind)", at: place)
            }
        }
        return ConditionElement.Test(key: member.name, values: values, isScalar: member.value.array == nil)
    }

    // MARK: Shapes

    private static func object(
        _ value: JSONValue,
        _ what: String,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> JSONObject {
        guard case .object(let object) = value else {
            throw PolicyParseError("\(what) must be an object, found \(value.kind)", at: pointer)
        }
        return object
    }

    private static func string(
        _ value: JSONValue,
        _ what: String,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> String {
        guard case .string(let text) = value else {
            throw PolicyParseError("\(what) must be a string, found \(value.kind)", at: pointer)
        }
        return text
    }

    private static func strings(
        _ value: JSONValue,
        _ what: String,
        _ pointer: JSONPointer
    ) throws(PolicyParseError) -> StringList {
        if case .string(let text) = value {
            return StringList([text], isScalar: true)
        }
        guard case .array(let elements) = value else {
            throw PolicyParseError("\(what) must be a string or a list of strings, found \(value.kind)", at: pointer)
        }
        var texts: [String] = []
        for (index, element) in elements.enumerated() {
            texts.append(try string(element, "an element of \(what)", pointer.appending(index)))
        }
        return StringList(texts, isScalar: false)
    }

    private static func unknown(
        _ name: String,
        _ place: String,
        _ known: String,
        _ pointer: JSONPointer
    ) -> PolicyParseError {
        PolicyParseError("`\(name)` is no element of \(place); the elements are \(known)", at: pointer)
    }
}
