// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import ArgumentParser
import JSONDocument

/// `assent conformance`: answers public test vectors, one JSON line each, in the order they come.
struct ConformanceCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "conformance",
        abstract: "Answer test vectors from standard input, one JSON line each.",
        subcommands: [JSONSchemaVectors.self, SigV4Vectors.self, PolicyVectors.self]
    )

    /// `{"id","schema","data"}` → `{"id","valid"}`.
    struct JSONSchemaVectors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "json-schema",
            abstract: "Validate data against JSON Schema draft-04: {id, schema, data} gives {id, valid}."
        )

        func run() async throws {
            ConformanceCommand.answerLines(SchemaConformance.answer)
        }
    }

    /// `{"id","request","now","accessKeyId","secretAccessKey","sessionToken"?,"service","region"}` → `{"id","valid"}`.
    struct SigV4Vectors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "sigv4",
            abstract: """
                Verify signed HTTP requests: {id, request, now, accessKeyId, secretAccessKey, sessionToken?, \
                service, region} gives {id, valid}.
                """
        )

        func run() async throws {
            ConformanceCommand.answerLines(SignatureConformance.answer)
        }
    }

    /// `{"id","request","identityPolicies",…}` → `{"id","result"}`.
    struct PolicyVectors: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "policy",
            abstract: """
                Decide requests to any service by the policies that come with them: {id, request, identityPolicies, \
                resourcePolicy?, permissionBoundaries?, sessionPolicy?, serviceControlPolicies?, \
                resourceControlPolicies?, endpointPolicies?} gives {id, result}.
                """
        )

        func run() async throws {
            ConformanceCommand.answerLines(PolicyConformance.answer)
        }
    }

    private static func answerLines(_ answer: (String) -> String) {
        while let line = readLine(strippingNewline: true) {
            guard !line.isEmpty else { continue }
            print(answer(line))
        }
    }
}
