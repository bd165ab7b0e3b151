// SPDX-License-Identifier: Apache-2.0

import API
import ChangeManagement
import CoreValues
import EmbeddedAWS
import Execution
import Logging
import ServiceLifecycle

/// The embedded AWS, wired: KMS, CloudFormation, IAM and STS over one account.
struct EmbeddedServices {
    private let kms: KMSService
    private let cloudFormation: CloudFormationService
    private let iam: IAMService
    private let sts: SecurityTokenService

    init(
        _ identity: AccountSettings,
        store: any EmbeddedStore,
        rootKey: RootKey,
        principals: PrincipalRegistry,
        authority: CredentialAuthority
    ) throws {
        let world = SystemRandomness()
        let account = try EmbeddedAccount(
            accountID: identity.account,
            region: identity.region,
            store: store,
            time: SystemTime(),
            ids: world,
            random: world
        )
        let keys = KMSEngine(
            place: KMSPlace(accountID: identity.account, region: identity.region),
            rootKey: rootKey,
            directory: principals,
            ids: world,
            random: world
        )
        kms = KMSService(engine: keys, account: account)
        cloudFormation = CloudFormationService(
            account: account,
            engine: StackEngine(handlers: ResourceHandlers.all(on: keys))
        )
        iam = IAMService(account: account, registry: principals, authority: authority)
        sts = SecurityTokenService(
            account: identity.account,
            authority: authority,
            registry: principals,
            random: world
        )
    }

    /// The APIs that the dispatcher serves.
    var apis: [ServiceAPI] {
        [.kms(kms), .cloudFormation(cloudFormation), .iam(iam), .sts(sts)]
    }

    /// What works beside requests: it drives the stacks, and sweeps out keys that are due.
    func services(logger: Logger) -> [any Service] {
        [KeySweeper(kms: kms, logger: logger), EmbeddedStackRunner(cloudFormation.runner)]
    }

    /// The stacks as a role of the account may handle them, `nil` when the ARN names no role.
    func stacks(as role: ARN) -> EmbeddedStackService? {
        CallerIdentity(roleARN: role, sessionName: "assent").map { EmbeddedStackService(cloudFormation, caller: $0) }
    }
}
