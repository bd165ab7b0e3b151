// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// Decides whole cases straight from their JSON, string by string, with none of the engine's code.
///
/// It knows users, roles by their sessions, root users, services and nobody; all kinds of policies; and the operators
/// and policy variables that ``RandomCases`` uses.
struct PlainAuthorizer {
    private let document: JSONValue
    private let action: String
    private let resource: String
    private let resourceAccount: String
    private let principal: String
    private let parts: [String]

    init(_ document: JSONValue) {
        self.document = document
        let request = document["request"]
        action = request?["action"]?.string ?? ""
        resource = request?["resource"]?["resource"]?.string ?? ""
        resourceAccount = request?["resource"]?["accountId"]?.string ?? ""
        principal = request?["principal"]?.string ?? ""
        parts = principal.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
    }

    // MARK: Who calls

    private var account: String? { parts.count == 6 ? parts[4] : nil }
    private var isRoot: Bool { principal.hasSuffix(":root") }

    private var role: String? {
        guard let account, parts[5].hasPrefix("assumed-role/") else { return nil }
        return "arn:aws:iam::\(account):role/" + parts[5].split(separator: "/")[1]
    }

    // MARK: The whole

    func verdict() -> String {
        let control = account == nil ? [] : levels("serviceControlPolicies")
        let outer = control + levels("resourceControlPolicies").map { $0 + [Self.everything] }
        let endpoint = list("endpointPolicies")
        let attached =
            [list("identityPolicies"), list("permissionBoundaries"), session, endpoint].map { $0 ?? [] } + outer
        if attached.contains(where: { says("Deny", $0) }) || !resourceForms("Deny").isEmpty {
            return "ExplicitlyDenied"
        }
        let guards = outer + [endpoint].compactMap(\.self).filter { !$0.isEmpty }
        guard guards.allSatisfy({ says("Allow", $0) }) else { return "ImplicitlyDenied" }
        return isAllowedInside ? "Allowed" : "ImplicitlyDenied"
    }

    private var isAllowedInside: Bool {
        let forms = resourceForms("Allow")
        guard let account else { return !forms.isEmpty }
        let limits = [list("permissionBoundaries"), session].compactMap(\.self).filter { !$0.isEmpty }
        let isWithinLimits = limits.allSatisfy { says("Allow", $0) }
        let identity = isRoot || says("Allow", list("identityPolicies") ?? [])
        if account != resourceAccount {
            let isPossible = !action.hasPrefix("kms:") || action != "kms:ScheduleKeyDeletion"
            return !forms.isEmpty && identity && isWithinLimits && isPossible
        }
        if forms.contains("own") || (role == nil && forms.contains("everybody")) {
            return true
        }
        guard isWithinLimits else { return false }
        if forms.contains("role") || forms.contains("everybody") {
            return true
        }
        let needsResourcePolicy = action.hasPrefix("kms:") || action == "sts:AssumeRole"
        return identity && (forms.contains("account") || !needsResourcePolicy)
    }

    // MARK: Policies

    private static let everything: JSONValue = ["Statement": [["Effect": "Allow", "Action": "*", "Resource": "*"]]]

    private func list(_ name: String) -> [JSONValue]? {
        document[name]?.array
    }

    private var session: [JSONValue]? {
        document["sessionPolicy"].map { [$0] }
    }

    private func levels(_ name: String) -> [[JSONValue]] {
        (document[name]?.array ?? []).map { $0["policies"]?.array ?? [] }
    }

    private func says(_ effect: String, _ policies: [JSONValue]) -> Bool {
        policies.contains { policy in
            (policy["Statement"]?.array ?? []).contains { $0["Effect"]?.string == effect && concerns($0, policy) }
        }
    }

    /// How the resource policy's statements of an effect that apply name the caller.
    private func resourceForms(_ effect: String) -> Set<String> {
        guard let policy = document["resourcePolicy"] else { return [] }
        let statements = (policy["Statement"]?.array ?? []).filter { $0["Effect"]?.string == effect }
        return statements.filter { concerns($0, policy) }.reduce(into: []) { $0.formUnion(forms($1)) }
    }

    private func forms(_ statement: JSONValue) -> Set<String> {
        let element = statement["Principal"] ?? statement["NotPrincipal"]
        let names = element?.string.map { [$0] } ?? strings(element?["AWS"])
        var forms: Set<String> = []
        for name in names {
            if name == "*" { forms.insert("everybody") }
            if name == principal, !isRoot { forms.insert("own") }
            if name == role { forms.insert("role") }
            if let account, name == account || name == "arn:aws:iam::\(account):root" { forms.insert("account") }
        }
        if strings(element?["Service"]).contains(principal) { forms.insert("own") }
        guard statement["NotPrincipal"] != nil else { return forms }
        let isBounded = account != nil && !isRoot && document["permissionBoundaries"]?.array?.isEmpty == false
        if isBounded, statement["Effect"] == "Deny" {
            return ["everybody"]
        }
        return forms.isEmpty ? ["everybody"] : []
    }

    // MARK: Statements

    private func concerns(_ statement: JSONValue, _ policy: JSONValue) -> Bool {
        let actions = strings(statement["Action"] ?? statement["NotAction"])
        let isAction = actions.contains { OracleEvaluator.matches(action.lowercased(), $0.lowercased()) }
        guard isAction == (statement["NotAction"] == nil) else { return false }
        let resources = strings(statement["Resource"] ?? statement["NotResource"])
        let isResource = resources.contains { $0 == "*" || matchesARN(resource, $0, policy) }
        guard isResource == (statement["NotResource"] == nil) else { return false }
        return (statement["Condition"]?.object?.members ?? [])
            .allSatisfy { block in
                (block.value.object?.members ?? []).allSatisfy { holds(block.name, $0.name, $0.value, policy) }
            }
    }

    private func holds(_ written: String, _ key: String, _ wanted: JSONValue, _ policy: JSONValue) -> Bool {
        let context = document["request"]?["context"]?.object?.members ?? []
        let value = context.first { $0.name.lowercased() == key.lowercased() }?.value
        let found = value.map { $0.array?.compactMap(\.string) ?? [$0.string ?? ""] } ?? []
        let colon = written.firstIndex(of: ":")
        let set = colon.map { String(written[..<$0]) } ?? ""
        var name = colon.map { String(written[written.index(after: $0)...]) } ?? written
        if name == "Null" {
            return strings(wanted).contains(found.isEmpty ? "true" : "false")
        }
        let isOptional = name.hasSuffix("IfExists")
        if isOptional {
            name.removeLast("IfExists".count)
        }
        let isNegated = name.contains("Not")
        guard !found.isEmpty else { return set == "ForAllValues" || isOptional || (set.isEmpty && isNegated) }
        func fits(_ text: String) -> Bool {
            strings(wanted).contains { compare(name.replacing("Not", with: ""), text, $0, policy) } != isNegated
        }
        switch set {
        case "ForAllValues": return found.allSatisfy(fits)
        case "ForAnyValue": return found.contains(where: fits)
        default: return value?.array == nil && fits(found[0])
        }
    }

    private func compare(_ name: String, _ text: String, _ pattern: String, _ policy: JSONValue) -> Bool {
        switch name {
        case "StringEquals": return filled(pattern, policy).map { $0 == text } ?? false
        case "StringEqualsIgnoreCase", "Bool": return text.lowercased() == pattern.lowercased()
        case "StringLike": return filled(pattern, policy).map { OracleEvaluator.matches(text, $0) } ?? false
        case "ArnLike", "ArnEquals": return matchesARN(text, pattern, policy)
        case "IpAddress": return isAddress(text, in: pattern)
        case "NumericEquals": return numbers(text, pattern).map { $0 == $1 } ?? false
        case "NumericLessThan": return numbers(text, pattern).map { $0 < $1 } ?? false
        case "NumericGreaterThanEquals": return numbers(text, pattern).map { $0 >= $1 } ?? false
        // Times of one length and zone sort as texts.
        case "DateLessThan": return text < pattern
        case "DateGreaterThan": return text > pattern
        default: return false
        }
    }

    private func numbers(_ left: String, _ right: String) -> (Double, Double)? {
        guard let left = Double(left), let right = Double(right) else { return nil }
        return (left, right)
    }

    private func isAddress(_ text: String, in network: String) -> Bool {
        func bits(_ text: some StringProtocol) -> String {
            text.split(separator: ".").compactMap { Int($0) }
                .map { byte in
                    let bits = String(byte, radix: 2)
                    return String(repeating: "0", count: 8 - bits.count) + bits
                }
                .joined()
        }
        let parts = network.split(separator: "/")
        let length = parts.count == 2 ? Int(parts[1]) ?? 32 : 32
        return bits(text).prefix(length) == bits(parts[0]).prefix(length)
    }

    private func matchesARN(_ text: String, _ pattern: String, _ policy: JSONValue) -> Bool {
        guard let pattern = filled(pattern, policy) else { return false }
        let texts = text.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        let patterns = pattern.split(separator: ":", maxSplits: 5, omittingEmptySubsequences: false).map(String.init)
        guard texts.count == 6, patterns.count == 6 else { return pattern == "*" }
        return zip(texts, patterns).allSatisfy { OracleEvaluator.matches($0, $1) }
    }

    /// A value with its variables filled in, `nil` when the request doesn't have one.
    private func filled(_ pattern: String, _ policy: JSONValue) -> String? {
        guard policy["Version"]?.string == "2012-10-17" else { return pattern }
        var result = pattern
        while let start = result.range(of: "${"), let end = result[start.upperBound...].firstIndex(of: "}") {
            let key = result[start.upperBound..<end].lowercased()
            let context = document["request"]?["context"]?.object?.members ?? []
            guard let value = context.first(where: { $0.name.lowercased() == key })?.value.string else { return nil }
            result.replaceSubrange(start.lowerBound...end, with: value)
        }
        return result
    }

    private func strings(_ value: JSONValue?) -> [String] {
        value?.array?.compactMap(\.string) ?? [value?.string].compactMap(\.self)
    }
}

extension String {
    /// Where a text stands first.
    fileprivate func range(of text: String) -> Range<Index>? {
        var position = startIndex
        while position < endIndex {
            if self[position...].hasPrefix(text) {
                return position..<index(position, offsetBy: text.count)
            }
            position = index(after: position)
        }
        return nil
    }

    fileprivate func replacing(_ text: String, with other: String) -> String {
        range(of: text).map { String(self[..<$0.lowerBound]) + other + self[$0.upperBound...] } ?? self
    }
}
