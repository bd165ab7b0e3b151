// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Finds values of a condition key that stand for all others: whatever tests there are, every possible value gives
/// the same outcomes as one of these.
struct KeyValues {
    /// Which texts a key can have at all.
    enum Domain {
        /// Any text that is not empty.
        case text
        /// Any text.
        case anyText
        /// `true` and `false`.
        case boolean
        /// A service's host name in a region.
        case service(region: String)
        /// Twelve digits.
        case account
        /// ARNs of users and roles that begin with a given text: an optional path and a name go on.
        case identity(String)
        /// ARNs that begin with a given text: a name goes on.
        case federated(String)

        var atoms: [TextAtom] {
            let one = TextAtom.Token(characters: .any, repeats: false)
            let more = TextAtom.Token(characters: .any, repeats: true)
            switch self {
            case .text: return [TextAtom([one, more])]
            case .anyText, .boolean: return []
            case .service(let region):
                let label = TextAtom.Token(characters: .label, repeats: false)
                let labels = TextAtom.Token(characters: .label, repeats: true)
                return [TextAtom([label, labels] + TextAtom.literals(".\(region).amazonaws.com"))]
            case .account:
                return [TextAtom(Array(repeating: TextAtom.Token(characters: .digit, repeats: false), count: 12))]
            case .identity(let start):
                let path = TextAtom.Token(characters: .path, repeats: true)
                let name = TextAtom.Token(characters: .name, repeats: false)
                return [TextAtom(TextAtom.literals(start) + [path, name])]
            case .federated(let start):
                let name = TextAtom.Token(characters: .name, repeats: false)
                let names = TextAtom.Token(characters: .name, repeats: true)
                return [TextAtom(TextAtom.literals(start) + [name, names])]
            }
        }

        /// A text of the domain that reads well, to be taken for "any other".
        func other(_ attempt: Int) -> String {
            let suffix = attempt == 0 ? "" : "-\(attempt)"
            switch self {
            case .text, .anyText: return "other\(suffix)"
            case .boolean: return attempt == 0 ? "true" : "false"
            case .service(let region): return "other\(suffix).\(region).amazonaws.com"
            case .account: return String(111_122_223_333 + attempt)
            case .identity(let start), .federated(let start): return "\(start)other\(suffix)"
            }
        }
    }

    let domain: Domain

    /// The values for tests of one family.
    func values(_ tests: [SpaceTest], extra: [TextAtom] = []) throws(TextCells.TooMany) -> [String] {
        if case .boolean = domain {
            return ["false", "true"]
        }
        switch tests.compactMap(\.family).first ?? .text {
        case .text: return try texts(tests.flatMap(\.atoms) + extra)
        case .number: return Self.numbers(tests.flatMap(\.texts))
        case .date: return Self.dates(tests.flatMap(\.texts))
        case .address: return Self.addresses(tests.flatMap(\.texts))
        case .bytes:
            let named = tests.flatMap(\.texts)
            return named + (0...named.count).map { Base64.encode(Array("other-\($0)".utf8)) }
        }
    }

    // MARK: Text

    private func texts(_ atoms: [TextAtom]) throws(TextCells.TooMany) -> [String] {
        var literals: [String] = []
        var patterns: [TextAtom] = []
        var seen: Set<TextAtom> = []
        for atom in atoms where seen.insert(atom).inserted {
            if let text = atom.onlyText {
                literals.append(text)
            } else {
                patterns.append(atom)
            }
        }
        let taken = Set(literals)
        let limits = TextCells([], domain: domain.atoms)
        let possible = literals.filter { limits.isInDomain($0) }
        guard !patterns.isEmpty else {
            let other = (0...literals.count).lazy.map { domain.other($0) }.first { !taken.contains($0) }
            return possible + (other.map { [$0] } ?? [])
        }
        // Patterns alone are followed first; only where the shortest text is one that is compared as a whole does it
        // take all of them together to tell whether there is another.
        let texts = try TextCells(patterns, domain: domain.atoms).texts()
        guard texts.contains(where: taken.contains) else { return possible + texts }
        return try possible + TextCells(atoms, domain: domain.atoms).texts()
    }

    // MARK: Ordered values

    /// The whole numbers around those named, and the ends of the range of fifteen digits.
    private static func numbers(_ texts: [String]) -> [String] {
        let end = 1_000_000_000_000_000
        let around = texts.compactMap { Double($0) }
            .flatMap { number -> [Int] in
                guard abs(number) < Double(end) else { return [] }
                let whole = Int(number)
                return [whole - 2, whole - 1, whole, whole + 1, whole + 2]
            }
        return Set(around + [0, -end, end]).filter { abs($0) <= end }.sorted { (abs($0), $0) < (abs($1), $1) }
            .map { String($0) }
    }

    /// The moments named and those a millisecond away.
    private static func dates(_ texts: [String]) -> [String] {
        let named = texts.compactMap { CompiledTest.date($0) }
        let around = named.flatMap { date in
            [-1, 0, 1].map { date.milliseconds + $0 }
        }
        // A moment beside those named: the beginning of 2026.
        return Set(around + [1_767_225_600_000]).sorted().map { Timestamp(milliseconds: $0).extendedForm }
    }

    /// The first and last address of each block, and those just outside; blocks lie in a line.
    private static func addresses(_ texts: [String]) -> [String] {
        let networks = texts.compactMap { IPNetwork($0) }
        return ["192.0.2.77", "2001:db8::77", "0.0.0.0", "::"] + networks.flatMap(\.landmarks)
    }
}
