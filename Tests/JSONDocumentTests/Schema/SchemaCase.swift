// SPDX-License-Identifier: Apache-2.0

import JSONDocument
import Testing

/// A schema with documents that fit it and documents that don't, all as JSON text.
struct SchemaCase: Sendable, CustomTestStringConvertible {
    let name: String
    let schema: String
    let fits: [String]
    let fails: [String]

    init(_ name: String, _ schema: String, fits: [String] = [], fails: [String] = []) {
        self.name = name
        self.schema = schema
        self.fits = fits
        self.fails = fails
    }

    var testDescription: String {
        name
    }

    /// Validates every document, in both ways a schema can be asked.
    func check() throws {
        let compiled = try JSONSchema(compiling: try JSONValue(parsing: schema))
        for text in fits {
            let value = try JSONValue(parsing: text)
            let violations = compiled.validate(value)
            #expect(violations.isEmpty, "\(schema) should accept \(text)")
            #expect(compiled.accepts(value), "\(schema) should accept \(text)")
        }
        for text in fails {
            let value = try JSONValue(parsing: text)
            #expect(!compiled.validate(value).isEmpty, "\(schema) should refuse \(text)")
            #expect(!compiled.accepts(value), "\(schema) should refuse \(text)")
        }
    }
}
