// SPDX-License-Identifier: Apache-2.0

import CoreValues
import EmbeddedAWS
import Foundation
import JSONDocument

/// The folder that holds everything one server has: database, root key, and the AWS CLI's configuration.
struct DataDirectory {
    /// The folder.
    let url: URL

    init(path: String?) {
        url = path.map { URL(fileURLWithPath: $0, isDirectory: true) } ?? Self.standard
    }

    /// `assent` under the user's data home (XDG base directory specification).
    private static var standard: URL {
        let environment = ProcessInfo.processInfo.environment
        if let home = environment["XDG_DATA_HOME"], home.hasPrefix("/") {
            return URL(fileURLWithPath: home, isDirectory: true).appendingPathComponent("assent", isDirectory: true)
        }
        let home = environment["HOME"] ?? "/"
        return URL(fileURLWithPath: home, isDirectory: true)
            .appendingPathComponent(".local/share/assent", isDirectory: true)
    }

    var databasePath: String { url.appendingPathComponent("assent.sqlite").path }
    var awsURL: URL { url.appendingPathComponent("aws", isDirectory: true) }
    var changeTypesURL: URL { url.appendingPathComponent("change-types", isDirectory: true) }
    private var rootKeyURL: URL { url.appendingPathComponent("root.key") }
    private var identityURL: URL { url.appendingPathComponent("account.json") }

    /// Makes the folder, for its owner only, and sees to it that nobody else can read what this process writes.
    func create() throws {
        umask(0o077)
        try FileManager.default.createDirectory(
            at: url,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// Keeps other servers away from the folder until the process ends.
    func lock() throws {
        let path = url.appendingPathComponent("lock").path
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SetupError("can't open \(path): \(String(cString: strerror(errno)))") }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            throw SetupError("another assent server uses \(url.path); stop it, or give another --data-dir")
        }
    }

    /// The root key, made on first use.
    func rootKey(_ random: any RandomSource) throws -> RootKey {
        if let data = try? Data(contentsOf: rootKeyURL) {
            return try RootKey(Array(data))
        }
        guard !FileManager.default.fileExists(atPath: databasePath) else {
            throw SetupError(
                "\(rootKeyURL.path) is missing or can't be read, but the database it protects exists; restore it"
            )
        }
        let secret = random.bytes(32)
        try PrivateFile.write(secret, to: rootKeyURL)
        return try RootKey(secret)
    }

    /// The account and region the folder belongs to, fixed on first use.
    ///
    /// - Throws: ``SetupError`` when the folder belongs to others.
    func bind(_ identity: AccountSettings) throws {
        guard let stored = try accountSettings() else {
            return try PrivateFile.write(identity.document.text(.indented) + "\n", to: identityURL)
        }
        guard stored == identity else {
            throw SetupError(
                "\(url.path) belongs to account \(stored.account) in \(stored.region), not to account "
                    + "\(identity.account) in \(identity.region); give another --data-dir or the same --account and "
                    + "--region as before"
            )
        }
    }

    /// The account and region the folder belongs to, `nil` for a new folder.
    func accountSettings() throws -> AccountSettings? {
        guard let data = try? Data(contentsOf: identityURL) else { return nil }
        guard let settings = AccountSettings(try JSONValue(parsing: Array(data))) else {
            throw SetupError("\(identityURL.path) is damaged; it needs members account and region")
        }
        return settings
    }
}

/// Which account and region a data directory is.
struct AccountSettings: Equatable {
    let account: AccountID
    let region: String

    init(account: AccountID, region: String) {
        self.account = account
        self.region = region
    }

    init?(_ document: JSONValue) {
        guard let account = document["account"]?.string.flatMap({ AccountID($0) }),
            let region = document["region"]?.string
        else { return nil }
        self.init(account: account, region: region)
    }

    var document: JSONValue {
        ["account": .string(account.description), "region": .string(region)]
    }
}
