// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

@Suite("The draft-04 metaschema")
struct MetaschemaTests {
    @Test func `it is a schema and fits itself`() throws {
        let schema = try JSONSchema(compiling: DraftFour.metaschema)
        #expect(schema.validate(DraftFour.metaschema).isEmpty)
        #expect(DraftFour.metaschema["id"]?.string == DraftFour.uri)
    }

    @Test(arguments: SchemaErrorTests.malformedKeywords.map(\.schema))
    func `what the compiler refuses by form, the metaschema refuses too`(text: String) throws {
        let schema = try JSONSchema(compiling: DraftFour.metaschema)
        let document = try JSONValue(parsing: text)
        // That a dialect is unknown is not a matter of form.
        guard document["$schema"]?.string == nil else { return }
        #expect(!schema.accepts(document))
    }

    @Test(arguments: ScalarKeywordTests.types + ScalarKeywordTests.numbers + CombinationTests.combinations)
    func `what the compiler accepts, the metaschema accepts`(example: SchemaCase) throws {
        let schema = try JSONSchema(compiling: DraftFour.metaschema)
        #expect(schema.validate(try JSONValue(parsing: example.schema)).isEmpty)
    }
}
