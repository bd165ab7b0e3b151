// SPDX-License-Identifier: Apache-2.0

import AWSWire
import AccessPolicy
import ChangeManagement
import CoreValues
import EmbeddedAWS
import JSONDocument
import Logging
import Synchronization
import TestSupport

@testable import API

/// A dispatcher that serves `amscm` out of memory, and a client that signs for it.
struct APIBench {
    let store: MemoryRfcStore
    let time = ManualTime()
    let log = MemoryLog()
    let dispatcher: Dispatcher
    private let signer: SigV4Signer
    let keyID: String
    let secret: String

    init(store faulty: (any RfcStore)? = nil) throws {
        store = MemoryRfcStore()
        let authority = CredentialAuthority(
            account: Sample.account,
            store: MemoryKeys(),
            rootKey: try RootKey(Array(repeating: 7, count: 32)),
            random: SeededIDs(seed: 5)
        )
        let key = try authority.createAccessKey(for: Sample.requester, at: time.now())
        keyID = key.accessKeyID
        secret = key.secretAccessKey
        signer = Self.signer(keyID, secret)
        let service = RfcService(
            catalogue: try SampleChangeTypes.catalogue(),
            store: faulty ?? store,
            planner: Planner(region: Sample.region),
            time: time,
            ids: SeededIDs(seed: 2),
            workArrived: {}
        )
        dispatcher = Dispatcher(
            services: [.amscm(service)],
            credentials: authority,
            accessControl: AccessControl(account: Sample.account, directory: Administrators()),
            region: Sample.region,
            time: time,
            ids: SeededIDs(seed: 3),
            logger: log.logger
        )
    }

    static func signer(
        _ id: String,
        _ secret: String,
        service: String = "amscm",
        region: String = "us-east-1"
    ) -> SigV4Signer {
        SigV4Signer(
            credentials: SigningCredentials(accessKeyID: id, secretAccessKey: secret),
            service: service,
            region: region
        )
    }

    /// A request as an AWS client writes it, unsigned.
    static func request(_ target: String?, _ body: String) -> SignableRequest {
        var headers = [
            (name: "host", value: "127.0.0.1:8470"), (name: "content-type", value: "application/x-amz-json-1.1"),
        ]
        if let target {
            headers.append((name: "x-amz-target", value: target))
        }
        return SignableRequest(method: "POST", path: "/", headers: headers, body: Array(body.utf8))
    }

    /// Sends a request as it is.
    func send(_ request: SignableRequest) async -> Answer {
        let headers = request.headers.map { (name: $0.name.lowercased(), value: $0.value) }
        let lowered = SignableRequest(
            method: request.method,
            path: request.path,
            query: request.query,
            headers: headers,
            body: request.body
        )
        return Answer(await dispatcher.respond(to: WireRequest(lowered)))
    }

    /// Calls an operation of `amscm`.
    func call(_ operation: String, _ body: String) async -> Answer {
        await send(signer.signed(Self.request("AWSEnergonService.\(operation)", body), now: time.now()))
    }

    func call(_ operation: String, _ body: JSONValue) async -> Answer {
        await call(operation, body.text())
    }

    /// Files an RFC and tells its id.
    func create(_ changeTypeID: String = "ct-1d84keiri1jhg", title: String = "my-app-key") async -> String {
        let body: JSONValue = [
            "ChangeTypeId": .string(changeTypeID), "ChangeTypeVersion": "1.0", "Title": .string(title),
            "ExecutionParameters": .string(SampleParameters.requiredOnly),
        ]
        return await call("CreateRfc", body).json["RfcId"]?.string ?? ""
    }
}

/// What a client sees of an answer.
struct Answer {
    let status: Int
    let headers: [(name: String, value: String)]
    let text: String

    init(_ response: WireResponse) {
        status = response.status
        headers = response.headers
        text = String(decoding: response.body, as: UTF8.self)
    }

    var json: JSONValue {
        (try? JSONValue(parsing: text)) ?? .null
    }

    var type: String? {
        json["__type"]?.string
    }

    var message: String {
        json["Message"]?.string ?? ""
    }

    func header(_ name: String) -> String? {
        headers.first { $0.name == name }?.value
    }

    /// The answer as a golden file keeps it.
    var golden: String {
        let lines = headers.map { "\($0.name): \($0.value)" }
        return (["\(status)"] + lines + ["", text]).joined(separator: "\n") + "\n"
    }
}

/// Everybody may do everything.
private struct Administrators: PrincipalDirectory {
    func policies(of caller: CallerIdentity) -> PrincipalPolicies {
        PrincipalPolicies(identityPolicies: [.administrator])
    }
}

/// Access keys in memory.
final class MemoryKeys: AccessKeyStore {
    private let keys = Mutex<[AccessKeyRecord]>([])

    func accessKey(id: String) throws -> AccessKeyRecord? {
        keys.withLock { $0.first { $0.accessKeyID == id } }
    }

    func accessKeys() throws -> [AccessKeyRecord] {
        keys.withLock { $0 }
    }

    func put(_ record: AccessKeyRecord) throws {
        keys.withLock { keys in
            keys.removeAll { $0.accessKeyID == record.accessKeyID }
            keys.append(record)
        }
    }

    func remove(id: String) throws {
        keys.withLock { $0.removeAll { $0.accessKeyID == id } }
    }
}

/// Everything that was logged, at every level.
final class MemoryLog: Sendable {
    private let lines = Mutex<[String]>([])

    var logger: Logger {
        var logger = Logger(label: "test") { _ in Handler(log: self) }
        logger.logLevel = .trace
        return logger
    }

    var text: String {
        lines.withLock { $0.joined(separator: "\n") }
    }

    private struct Handler: LogHandler {
        let log: MemoryLog
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        init(log: MemoryLog) {
            self.log = log
        }

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:]) { $1 }
            let pairs = all.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
            log.lines.withLock { $0.append("\(event.level) \(event.message) \(pairs)") }
        }
    }
}
