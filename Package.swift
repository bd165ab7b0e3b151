// swift-tools-version: 6.2
// SPDX-License-Identifier: Apache-2.0

import PackageDescription

let settings: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let asyncHTTPClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto = Target.Dependency.product(name: "Crypto", package: "swift-crypto")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let httpTypes = Target.Dependency.product(name: "HTTPTypes", package: "swift-http-types")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore = Target.Dependency.product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTesting = Target.Dependency.product(name: "HummingbirdTesting", package: "hummingbird")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioEmbedded = Target.Dependency.product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes = Target.Dependency.product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let serviceLifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let serviceLifecycleTestKit = Target.Dependency.product(
    name: "ServiceLifecycleTestKit",
    package: "swift-service-lifecycle"
)
let unixSignals = Target.Dependency.product(name: "UnixSignals", package: "swift-service-lifecycle")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "assent",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "assent", targets: ["assent"])
    ],
    dependencies: [
        // Commands that ask a running server, and the execution worker's real AWS adapter.
        .package(url: "https://github.com/swift-server/async-http-client", exact: "1.37.0"),
        // Persistence: SQLite.
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        // API: the HTTP server.
        .package(url: "https://github.com/hummingbird-project/hummingbird", exact: "2.28.1"),
        // assent: the command line.
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        // AWSWire and EmbeddedAWS: HMAC, SHA-2, AES-GCM.
        .package(url: "https://github.com/apple/swift-crypto", exact: "4.5.2"),
        // API: header names and statuses, as Hummingbird uses them.
        .package(url: "https://github.com/apple/swift-http-types", exact: "1.8.0"),
        // Everything with a life cycle logs through it.
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        // API: byte buffers. assent: HTTP header fields.
        .package(url: "https://github.com/apple/swift-nio", exact: "2.101.2"),
        // API: HTTP parts in a channel's pipeline.
        .package(url: "https://github.com/apple/swift-nio-extras", exact: "1.35.2"),
        // assent and Execution: start and graceful stop.
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", exact: "2.13.0"),
        // assent: change-type.yaml. EmbeddedAWS: templates in YAML.
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        // Pure cores: no I/O, no clock, no Foundation.
        .target(name: "CoreValues", swiftSettings: settings),
        .target(name: "JSONDocument", swiftSettings: settings),
        .target(name: "AccessPolicy", dependencies: ["CoreValues", "JSONDocument"], swiftSettings: settings),
        .target(
            name: "ChangeManagement",
            dependencies: ["AccessPolicy", "CoreValues", "JSONDocument", crypto],
            swiftSettings: settings
        ),
        // AWS on the wire, and the AWS inside.
        .target(name: "AWSWire", dependencies: ["CoreValues", "JSONDocument", crypto], swiftSettings: settings),
        .target(
            name: "EmbeddedAWS",
            dependencies: ["AWSWire", "AccessPolicy", "CoreValues", "JSONDocument", crypto, yams],
            swiftSettings: settings
        ),
        // Adapters.
        .target(
            name: "Execution",
            dependencies: [
                "AWSWire", "ChangeManagement", "CoreValues", "EmbeddedAWS", "JSONDocument", logging, serviceLifecycle,
            ],
            swiftSettings: settings
        ),
        .target(
            name: "Persistence",
            dependencies: ["ChangeManagement", "CoreValues", "EmbeddedAWS", "JSONDocument", crypto, grdb],
            swiftSettings: settings
        ),
        .target(
            name: "API",
            dependencies: [
                "AWSWire", "AccessPolicy", "ChangeManagement", "CoreValues", "EmbeddedAWS", "JSONDocument",
                crypto, httpTypes, hummingbird, hummingbirdCore, logging, nioCore, nioHTTPTypes,
            ],
            swiftSettings: settings
        ),
        .executableTarget(
            name: "assent",
            dependencies: [
                "API", "AWSWire", "AccessPolicy", "ChangeManagement", "CoreValues", "EmbeddedAWS", "Execution",
                "JSONDocument", "Persistence", argumentParser, asyncHTTPClient, hummingbird, hummingbirdCore, logging,
                nioCore, nioHTTP1, serviceLifecycle, unixSignals, yams,
            ],
            resources: [.copy("Resources/ChangeTypes"), .copy("Resources/Models")],
            swiftSettings: settings
        ),
        // Measurements against baselines of the same run; see Benchmarks/README.md.
        .executableTarget(
            name: "assent-bench",
            dependencies: [
                "AWSWire", "AccessPolicy", "CoreValues", "JSONDocument", argumentParser, grdb, hummingbird,
                hummingbirdCore,
                logging,
            ],
            path: "Benchmarks",
            exclude: ["README.md"],
            swiftSettings: settings
        ),
        .target(
            name: "TestSupport",
            dependencies: ["ChangeManagement", "CoreValues", "EmbeddedAWS", "JSONDocument"],
            path: "Tests/TestSupport",
            swiftSettings: settings
        ),
        // Tests mirror the sources.
        .testTarget(
            name: "CoreValuesTests",
            dependencies: ["CoreValues"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "JSONDocumentTests",
            dependencies: ["JSONDocument", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AccessPolicyTests",
            dependencies: ["AccessPolicy", "CoreValues", "JSONDocument", "TestSupport"],
            exclude: ["Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "AWSWireTests",
            dependencies: ["AWSWire", "CoreValues", "JSONDocument", "TestSupport"],
            exclude: ["Goldens"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ChangeManagementTests",
            dependencies: ["AccessPolicy", "ChangeManagement", "CoreValues", "JSONDocument", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "EmbeddedAWSTests",
            dependencies: ["AWSWire", "AccessPolicy", "CoreValues", "EmbeddedAWS", "JSONDocument", "TestSupport"],
            swiftSettings: settings
        ),
        .testTarget(
            name: "PersistenceTests",
            dependencies: [
                "ChangeManagement", "CoreValues", "EmbeddedAWS", "JSONDocument", "Persistence", "TestSupport", grdb,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "ExecutionTests",
            dependencies: [
                "AWSWire", "AccessPolicy", "ChangeManagement", "CoreValues", "EmbeddedAWS", "Execution", "JSONDocument",
                "TestSupport", logging, serviceLifecycle, serviceLifecycleTestKit,
            ],
            swiftSettings: settings
        ),
        .testTarget(
            name: "APITests",
            dependencies: [
                "API", "AWSWire", "AccessPolicy", "ChangeManagement", "CoreValues", "EmbeddedAWS", "JSONDocument",
                "TestSupport", httpTypes, hummingbird, hummingbirdCore, hummingbirdTesting, logging, nioCore,
                nioEmbedded, nioHTTPTypes,
            ],
            swiftSettings: settings
        ),
    ]
)
