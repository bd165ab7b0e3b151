// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import JSONDocument
import TestSupport
import Testing

struct CatalogueTests {
    private static func version(_ id: String, _ version: String, isCurrent: Bool) throws -> ChangeTypeVersion {
        var members = SampleChangeTypes.definition(id, version)
        members["current"] = .bool(isCurrent)
        return try ChangeTypeVersion(definition: .object(members), schemaText: "{}", templateText: nil)
    }

    @Test func `without a version the current one is found, not the newest`() throws {
        let catalogue = try SampleChangeTypes.catalogue()
        #expect(try catalogue.version("ct-1d84keiri1jhg", nil).reference.version == "1.0")
        #expect(try catalogue.version("ct-1d84keiri1jhg", "2.0").reference.version == "2.0")
    }

    @Test func `an unknown change type and an unknown version are told apart`() throws {
        let catalogue = try SampleChangeTypes.catalogue()
        let unknown = #expect(throws: RfcError.self) { try catalogue.version("ct-0000000000000", nil) }
        #expect(unknown?.message == "there is no change type `ct-0000000000000`")
        let version = #expect(throws: RfcError.self) { try catalogue.version("ct-1d84keiri1jhg", "3.0") }
        #expect(version?.message == "change type `ct-1d84keiri1jhg` has no version `3.0`; it has 1.0, 2.0")
    }

    @Test func `versions are ordered by number, not by letter`() throws {
        let id = "ct-1d84keiri1jhg"
        let catalogue = try Catalogue([
            try Self.version(id, "10.0", isCurrent: false), try Self.version(id, "2.0", isCurrent: true),
            try Self.version(id, "1.0", isCurrent: false),
        ])
        #expect(catalogue.versions(of: id).map(\.reference.version) == ["1.0", "2.0", "10.0"])
        #expect(catalogue.versions(of: "ct-0000000000000").isEmpty)
    }

    @Test func `a version that stands twice is refused`() throws {
        let version = try Self.version("ct-1d84keiri1jhg", "1.0", isCurrent: true)
        #expect(throws: ChangeTypeError.self) { try Catalogue([version, version]) }
    }

    @Test(arguments: [[false, false], [true, true]])
    func `exactly one version must be current`(_ current: [Bool]) throws {
        let versions = try current.enumerated()
            .map { index, isCurrent in
                try Self.version("ct-1d84keiri1jhg", "\(index + 1).0", isCurrent: isCurrent)
            }
        #expect(throws: ChangeTypeError.self) { try Catalogue(versions) }
    }

    @Test func `a change type in two places is listed in both, in alphabetical order`() throws {
        let catalogue = try SampleChangeTypes.catalogue()
        let names = catalogue.classifications.map { "\($0.classification) \($0.changeTypeID)" }
        #expect(names == names.sorted())
        #expect(names.count { $0.hasSuffix("ct-0q0bic0ywqk6c") } == 2)
        #expect(names.count { $0.hasSuffix("ct-1d84keiri1jhg") } == 1)
    }
}
