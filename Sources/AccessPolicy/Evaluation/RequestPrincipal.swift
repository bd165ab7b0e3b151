// SPDX-License-Identifier: Apache-2.0

package import CoreValues

/// Who makes a request, in every form in which a policy may name them.
package struct RequestPrincipal: Sendable, Hashable {
    /// What kind of caller it is.
    package enum Kind: Sendable, Hashable {
        /// The root user of an account.
        case root
        /// An IAM user.
        case user
        /// A session of a role.
        case roleSession
        /// A session of a federated user.
        case federatedUser
        /// An AWS service that acts for itself.
        case service
        /// Anybody without credentials, or of a kind that policies can only name by `*`.
        case other
    }

    /// In which form a statement names a caller; the ways of access differ by it.
    struct Forms: OptionSet, Sendable, Hashable {
        let rawValue: UInt8
        static let everybody = Forms(rawValue: 1)
        static let account = Forms(rawValue: 2)
        static let user = Forms(rawValue: 4)
        static let role = Forms(rawValue: 8)
        static let session = Forms(rawValue: 16)
        static let service = Forms(rawValue: 32)
        static let federated = Forms(rawValue: 64)
    }

    struct Name: Sendable, Hashable {
        let family: PrincipalElement.Family
        let text: String
        let hash: UInt64
        let forms: UInt8

        init(_ text: String, _ forms: Forms, family: PrincipalElement.Family = .aws) {
            self.family = family
            self.text = text
            hash = text.stableHash
            self.forms = forms.rawValue
        }
    }

    /// What kind of caller it is.
    package let kind: Kind
    /// The caller as decisions name it: its ARN, or the service's name.
    package let text: String
    /// The account it belongs to; `nil` for services.
    package let account: String?
    /// The role behind a session.
    package let roleARN: String?
    let names: [Name]

    /// Every form in which a statement can name the caller itself.
    var forms: Forms {
        names.reduce(into: []) { $0.formUnion(Forms(rawValue: $1.forms)) }
    }

    /// A caller whose signature was verified.
    package init(_ caller: CallerIdentity) {
        let partition = caller.arn.partition
        let account = caller.accountID.description
        switch caller.kind {
        case .root:
            self.init(kind: .root, text: caller.arn.description, account: account, partition: partition)
        case .user:
            self.init(kind: .user, text: caller.arn.description, account: account, partition: partition)
        case .assumedRole(let roleARN, _):
            self.init(
                kind: .roleSession,
                text: caller.arn.description,
                account: account,
                partition: partition,
                roleARN: roleARN.description
            )
        }
    }

    /// A service that acts for itself, such as `logs.us-east-1.amazonaws.com`.
    package init(service: String) {
        kind = .service
        text = service
        account = nil
        roleARN = nil
        names = [Name(service, .service, family: .service)]
    }

    /// A whoever policies can only name by `*`, such as an anonymous caller.
    package init(anybody text: String = "*") {
        kind = .other
        self.text = text
        account = nil
        roleARN = nil
        names = []
    }

    /// A caller that policies can name by exactly these names.
    init(text: String, account: String?, roleARN: String?, kind: Kind, names: [Name]) {
        self.kind = kind
        self.text = text
        self.account = account
        self.roleARN = roleARN
        self.names = names
    }

    init(kind: Kind, text: String, account: String, partition: String, roleARN: String? = nil) {
        self.kind = kind
        self.text = text
        self.account = account
        self.roleARN = roleARN
        var names = [
            Name("arn:\(partition):iam::\(account):root", .account), Name(account, .account),
        ]
        switch kind {
        case .user: names.append(Name(text, .user))
        case .roleSession:
            names.append(Name(text, .session))
            if let roleARN {
                names.append(Name(roleARN, .role))
            }
        case .federatedUser: names.append(Name(text, .federated))
        case .root, .service, .other: break
        }
        self.names = names
    }
}
