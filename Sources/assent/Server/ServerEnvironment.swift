// SPDX-License-Identifier: Apache-2.0

import API
import ChangeManagement
import CoreValues
import EmbeddedAWS
import Execution
import Foundation
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Persistence
import ServiceLifecycle
import UnixSignals

/// The composition root: everything one server consists of, wired once.
struct ServerEnvironment {
    /// The user that a new data directory's first access key belongs to.
    private static let administratorName = "admin"
    /// How many connections are open at the same time at most; further ones wait to be accepted.
    private static let maxConnections = 4096
    /// How long a connection may lie idle.
    private static let idleTimeout = TimeAmount.minutes(10)

    private let settings: ServerSettings
    private let directory: DataDirectory
    private let database: AssentDatabase
    private let services: [any Service]
    private let logger: Logger

    /// Opens the data directory, or makes it, and wires the server; nothing listens yet.
    /// - Throws: ``SetupError`` for a person at a terminal.
    init(_ settings: ServerSettings, in directory: DataDirectory) async throws {
        var logger = Logger(label: "assent") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = settings.logLevel
        self.settings = settings
        self.directory = directory
        self.logger = logger
        try directory.create()
        try directory.lock()
        try directory.bind(settings.identity)
        let world = SystemRandomness()
        let rootKey = try directory.rootKey(world)
        let resources = try BundledResources()
        let catalogue = try ChangeTypeFolders(
            roots: [resources.changeTypes, directory.changeTypesURL],
            statements: settings.statements
        )
        .catalogue()
        database = try AssentDatabase(path: directory.databasePath)
        let authority = CredentialAuthority(
            account: settings.identity.account,
            store: SQLiteAccessKeyStore(database),
            rootKey: rootKey,
            random: world
        )
        guard try authority.opensWhatIsStored() else {
            throw SetupError(
                "root.key in \(directory.url.path) is not the one that the database was written with; restore both from "
                    + "the same backup"
            )
        }
        try ClientConfiguration(settings: settings, directory: directory, models: resources.models)
            .write(
                administrator: Self.administrator(in: settings.identity.account),
                authority
            )
        services = try Self.services(settings, directory, database, catalogue, authority, rootKey, logger)
    }

    /// Serves until the process is asked to stop, then finishes what is running and closes the database.
    func run() async throws {
        let group = ServiceGroup(
            configuration: .init(
                services: services,
                gracefulShutdownSignals: [.sigterm, .sigint],
                logger: Logger(label: "assent.lifecycle") { _ in SwiftLogNoOpLogHandler() }
            )
        )
        do {
            try await group.run()
        } catch let error as IOError where error.errnoCode == EADDRINUSE {
            throw SetupError(
                "port \(settings.port) of \(settings.host) is in use; stop what uses it, or give another --port"
            )
        }
        try database.close()
        logger.notice("server stopped")
    }

    private static func administrator(in account: AccountID) -> ARN {
        ARN(service: "iam", account: account.description, resource: "user/\(administratorName)")
    }

    /// Ends the process, because its memory holds changes that the disk does not.
    private static func stop(after error: any Error, _ logger: Logger) {
        logger.critical(
            "a change could not be made durable; stopping, so that the next start continues from what is",
            metadata: ["error": "\(error)"]
        )
        exit(EX_IOERR)
    }

    // MARK: Wiring

    private static func services(
        _ settings: ServerSettings,
        _ directory: DataDirectory,
        _ database: AssentDatabase,
        _ catalogue: Catalogue,
        _ authority: CredentialAuthority,
        _ rootKey: RootKey,
        _ logger: Logger
    ) throws -> [any Service] {
        let time = SystemTime()
        let world = SystemRandomness()
        let account = settings.identity.account
        let principals = PrincipalRegistry(
            administrators: [administrator(in: account), RfcExecutor(account: account).role]
        )
        let embedded = try EmbeddedServices(
            settings.identity,
            store: SQLiteEmbeddedStore(database) { stop(after: $0, logger) },
            rootKey: rootKey,
            principals: principals,
            authority: authority
        )
        let signal = WorkSignal()
        let store = SQLiteRfcStore(database)
        let planner = Planner(region: settings.identity.region)
        let rfcs = RfcService(
            catalogue: catalogue,
            store: store,
            planner: planner,
            time: time,
            ids: world,
            workArrived: signal.raise
        )
        guard let stacks = embedded.stacks(as: RfcExecutor(account: account).role) else {
            throw SetupError("the executor is no role of account \(account)")
        }
        let advancer = RfcAdvancer(
            catalogue: catalogue,
            store: store,
            planner: planner,
            stacks: stacks,
            time: time
        )
        let worker = ExecutionWorker(
            store: store,
            advancer: advancer,
            time: time,
            signal: signal,
            logger: logger
        )
        let dispatcher = Dispatcher(
            services: [.amscm(rfcs)] + embedded.apis,
            credentials: authority,
            accessControl: AccessControl(account: account, directory: principals),
            region: settings.identity.region,
            time: time,
            ids: world,
            logger: logger
        )
        // Shut down from the last to the first: no new requests, then no new work, then the stacks in hand.
        return embedded.services(logger: logger)
            + [worker, application(settings, directory, dispatcher, database, logger)]
    }

    private static func application(
        _ settings: ServerSettings,
        _ directory: DataDirectory,
        _ dispatcher: Dispatcher,
        _ database: AssentDatabase,
        _ logger: Logger
    ) -> some Service {
        let responder = AssentResponder(dispatcher: dispatcher) { database.isHealthy() }
        return Application(
            responder: responder,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [RequestDeadlineHandler()],
                    idleTimeout: idleTimeout
                )
            ),
            configuration: .init(
                address: .hostname(settings.host, port: settings.port),
                serverName: "assent",
                backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(maxConnections, logger: logger)
            ),
            onServerRunning: { _ in Welcome(settings: settings, directory: directory).print() },
            logger: logger
        )
    }
}
