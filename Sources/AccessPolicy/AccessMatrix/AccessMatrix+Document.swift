// SPDX-License-Identifier: Apache-2.0

import CoreValues
package import JSONDocument

extension AccessMatrix {
    /// The matrix as JSON, for clients and for the record.
    ///
    /// Statements are numbered from 0, as in the policy's `Statement` list. Members without content are left out.
    package var document: JSONValue {
        [
            "account": .string(account.description), "region": .string(region),
            "operations": .array(Operation.allCases.map { .string($0.rawValue) }),
            "rows": .array(rows.map(\.document)),
        ]
    }
}

extension AccessMatrix.Row {
    fileprivate var document: JSONValue {
        [
            "kind": .string(subject.kind.rawValue), "name": .string(subject.name), "subject": .string(subject.text),
            "cells": .array(cells.map(\.document)),
        ]
    }
}

extension AccessMatrix.Cell {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["operation"] = .string(operation.rawValue)
        object["grade"] = .string(grade.rawValue)
        object["step"] = step.map { .string($0.rawValue) }
        if operation.actions.count > 1, !actions.isEmpty {
            object["actions"] = .array(actions.map { .string($0.name) })
        }
        if !statements.isEmpty {
            object["statements"] = .array(statements.map { .number(JSONNumber($0)) })
        }
        object["condition"] = condition.map { .string($0) }
        object["witness"] = witness.map { witness in
            var request = witness.request.document
            request["access"] = .string(witness.access.text)
            return .object(request)
        }
        if !alternatives.isEmpty {
            object["ambiguous"] = .array(alternatives.map(\.document))
        }
        return .object(object)
    }
}

extension AccessMatrix.Alternative {
    fileprivate var document: JSONValue {
        var object = JSONObject()
        object["assumptions"] = .array(questions.map { .string($0.rawValue) })
        object["grade"] = .string(grade.rawValue)
        object["condition"] = condition.map { .string($0) }
        return .object(object)
    }
}

extension AuthorizationRequest {
    /// The request as JSON: caller, action and condition keys.
    package var document: JSONObject {
        var context = JSONObject()
        for key in self.context.keys.sorted() {
            switch self.context[key] {
            case .one(let value): context[key] = .string(value)
            case .list(let values): context[key] = .array(values.map { .string($0) })
            case nil: break
            }
        }
        var object = JSONObject()
        object["principal"] = .string(principal.text)
        object["action"] = .string(action.name)
        object["context"] = .object(context)
        return object
    }
}

extension KeyAccess {
    /// The level in words.
    package var text: String {
        switch self {
        case .denied: "explicitly denied"
        case .none: "not allowed"
        case .delegated: "allowed if an identity policy allows it"
        case .limited: "allowed, unless a permissions boundary or session policy withholds it"
        case .direct: "allowed"
        }
    }
}
