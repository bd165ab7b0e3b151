// SPDX-License-Identifier: Apache-2.0

/// All change type versions that RFCs may be filed against.
package struct Catalogue: Sendable {
    /// The versions of each change type, oldest first.
    private let versions: [String: [ChangeTypeVersion]]
    /// The ids of all change types, sorted.
    package let changeTypeIDs: [String]
    /// Every place of every change type in the catalogue, by its current version, in alphabetical order.
    package let classifications: [(changeTypeID: String, classification: Classification)]

    /// Builds a catalogue.
    /// - Throws: ``ChangeTypeError`` when a version stands twice, or a change type has not exactly one current one.
    package init(_ all: [ChangeTypeVersion]) throws(ChangeTypeError) {
        var versions: [String: [ChangeTypeVersion]] = [:]
        for version in all {
            let id = version.reference.id
            if versions[id, default: []].contains(where: { $0.reference == version.reference }) {
                throw ChangeTypeError("\(version.reference) stands twice in the catalogue")
            }
            versions[id, default: []].append(version)
        }
        for (id, ofOne) in versions {
            guard ofOne.count(where: \.isCurrent) == 1 else {
                throw ChangeTypeError("\(id): exactly one version must be current")
            }
            versions[id] = ofOne.sorted { Self.isOlder($0.reference.version, than: $1.reference.version) }
        }
        self.versions = versions
        changeTypeIDs = versions.keys.sorted()
        classifications = Self.places(versions)
    }

    /// The versions of a change type, oldest first; empty for an unknown one.
    package func versions(of id: String) -> [ChangeTypeVersion] {
        versions[id] ?? []
    }

    /// A version of a change type; the current one without a version.
    /// - Throws: ``RfcError`` `notFound` that tells the versions there are.
    package func version(_ id: String, _ version: String?) throws(RfcError) -> ChangeTypeVersion {
        let known = versions(of: id)
        guard !known.isEmpty else { throw RfcError(.notFound, "there is no change type `\(id)`") }
        let found = known.first { candidate in
            version.map { $0 == candidate.reference.version } ?? candidate.isCurrent
        }
        guard let found else {
            let names = known.map(\.reference.version).joined(separator: ", ")
            throw RfcError(.notFound, "change type `\(id)` has no version `\(version ?? "")`; it has \(names)")
        }
        return found
    }

    private static func places(
        _ versions: [String: [ChangeTypeVersion]]
    ) -> [(changeTypeID: String, classification: Classification)] {
        let all = versions.values.flatMap { ofOne in
            ofOne.filter(\.isCurrent)
                .flatMap { version in
                    version.classifications.map { (changeTypeID: version.reference.id, classification: $0) }
                }
        }
        return all.sorted {
            ($0.classification.description, $0.changeTypeID) < ($1.classification.description, $1.changeTypeID)
        }
    }

    private static func isOlder(_ one: String, than other: String) -> Bool {
        let left = one.split(separator: ".").map { Int($0) ?? 0 }
        let right = other.split(separator: ".").map { Int($0) ?? 0 }
        return left.lexicographicallyPrecedes(right)
    }
}
