// SPDX-License-Identifier: Apache-2.0

package import JSONDocument

/// One statement of a policy.
package struct PolicyStatement: Sendable, Hashable {
    /// What a matching statement does.
    package enum Effect: String, Sendable, Hashable {
        /// Gives access, unless something denies it.
        case allow = "Allow"
        /// Takes access, whatever allows it.
        case deny = "Deny"
    }

    /// The statement's id; KMS, unlike IAM, accepts spaces in it.
    package internal(set) var sid: String?
    /// Whether it allows or denies.
    package internal(set) var effect: Effect
    /// Who it is about; `nil` in identity policies.
    package internal(set) var principal: PrincipalElement?
    /// Which actions it is about.
    package internal(set) var action: MatchElement?
    /// Which resources it is about.
    package internal(set) var resource: MatchElement?
    /// When it applies: all tests must hold.
    package internal(set) var condition: ConditionElement?
    /// The order in which the elements are printed.
    var order: [String]

    /// Makes a statement that prints its elements in the order of the parameters.
    package init(
        sid: String? = nil,
        effect: Effect,
        principal: PrincipalElement? = nil,
        action: MatchElement?,
        resource: MatchElement?,
        condition: ConditionElement? = nil
    ) {
        self.init(effect: effect, order: [])
        self.sid = sid
        self.principal = principal
        self.action = action
        self.resource = resource
        self.condition = condition
        order = [
            sid.map { _ in "Sid" }, "Effect", principal?.elementName, action?.name(for: "Action"),
            resource?.name(for: "Resource"), condition.map { _ in "Condition" },
        ]
        .compactMap(\.self)
    }

    init(effect: Effect, order: [String]) {
        self.effect = effect
        self.order = order
    }

    /// The statement as a JSON value.
    package var json: JSONValue {
        var object = JSONObject()
        for name in order {
            switch name {
            case "Sid": object[name] = sid.map { .string($0) }
            case "Effect": object[name] = .string(effect.rawValue)
            case "Principal", "NotPrincipal": object[name] = principal?.json
            case "Action", "NotAction": object[name] = action?.values.json
            case "Resource", "NotResource": object[name] = resource?.values.json
            default: object[name] = condition?.json
            }
        }
        return .object(object)
    }
}

/// Strings written as one string or as a list.
package struct StringList: Sendable, Hashable {
    /// The strings in order.
    package var values: [String]
    /// Whether the only value stands without a list around it.
    package var isScalar: Bool

    /// Makes a list; one value is written as a scalar unless said otherwise.
    package init(_ values: [String], isScalar: Bool? = nil) {
        self.values = values
        self.isScalar = isScalar ?? (values.count == 1)
    }

    var json: JSONValue {
        isScalar && values.count == 1 ? .string(values[0]) : .array(values.map { .string($0) })
    }
}

/// The `Action`, `NotAction`, `Resource` or `NotResource` of a statement.
package struct MatchElement: Sendable, Hashable {
    /// Whether it is the `Not…` form: everything but these.
    package var isNegated: Bool
    /// The patterns.
    package var values: StringList

    /// Makes an element from patterns; one is written as a scalar unless said otherwise.
    package init(_ values: [String], isNegated: Bool = false, isScalar: Bool? = nil) {
        self.isNegated = isNegated
        self.values = StringList(values, isScalar: isScalar)
    }

    func name(for positive: String) -> String {
        isNegated ? "Not" + positive : positive
    }
}
