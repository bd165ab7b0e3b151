// SPDX-License-Identifier: Apache-2.0

import API
import ChangeManagement
import CoreValues
import EmbeddedAWS
import Execution
import ServiceLifecycle

/// The embedded AWS, wired: KMS, CloudFormation and STS over one account.
struct EmbeddedServices {
    private let sts: SecurityTokenService

    init(
        _ identity: AccountSettings,
        store: any EmbeddedStore,
        rootKey: RootKey,
        principals: AdministratorDirectory,
        authority: CredentialAuthority
    ) throws {
        let time = SystemTime()
        let world = SystemRandomness()
        let account = try EmbeddedAccount(
            accountID: identity.account,
            region: identity.region,
            store: store,
            time: time,
            ids: world,
            random: world
        )
        _ = account
        sts = SecurityTokenService(account: identity.account, authority: authority, random: world) { caller, _ in
            principals.isAdministrator(caller)
        }
    }

    /// The APIs that the dispatcher serves.
    var apis: [ServiceAPI] {
        [.sts(sts)]
    }
}
