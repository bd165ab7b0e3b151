// SPDX-License-Identifier: Apache-2.0

import AccessPolicy
import CoreValues

/// What conditions may ask about a request beside its caller and its key.
struct RequestFacts {
    /// The encryption context; `nil` for operations without one.
    var encryptionContext: EncryptionContext?
    /// Whether the operation uses an encryption algorithm, of which there is one here.
    var usesAlgorithm = false
    /// Whether policies may ask for the alias in the request.
    var showsAlias = false
    /// The grant to be made, for the rules about grants that are made under a grant.
    var newGrant: NewGrant?
    /// Further condition keys.
    var more: [(key: String, value: RequestContext.Value)] = []

    /// What an operation that only manages a key says.
    static let none = RequestFacts()

    /// What a use of the key for cryptography says.
    static func cryptography(_ context: EncryptionContext) -> RequestFacts {
        RequestFacts(encryptionContext: context, usesAlgorithm: true, showsAlias: true)
    }

    /// One further condition key; none without a value.
    static func one(_ key: String, _ value: String?) -> RequestFacts {
        RequestFacts(more: value.map { [(key, .one($0))] } ?? [])
    }
}

/// Builds the condition keys of requests.
///
/// Sources: Service Authorization Reference, "Actions, resources, and condition keys for AWS Key Management Service";
/// IAM user guide, "AWS global condition context keys"; reference/kms-policy.md §3.
extension KMSEngine {
    func context(_ call: KMSCall, _ subject: KeySubject?, _ facts: RequestFacts) -> RequestContext {
        var context = subject == nil ? constantFacts.all : constantFacts.ofKeys
        addCircumstances(of: call, to: &context)
        if let subject {
            addResource(subject, to: &context)
            if facts.showsAlias, let alias = subject.alias {
                context["kms:RequestAlias"] = .one(alias)
            }
        }
        if facts.usesAlgorithm {
            context["kms:EncryptionAlgorithm"] = .one("SYMMETRIC_DEFAULT")
        }
        if let pairs = facts.encryptionContext?.pairs, !pairs.isEmpty {
            for pair in pairs {
                context["kms:EncryptionContext:\(pair.name)"] = .one(pair.value)
            }
            context["kms:EncryptionContextKeys"] = .list(pairs.map(\.name))
        }
        for (key, value) in facts.more {
            context[key] = value
        }
        return context
    }

    private func addCircumstances(of call: KMSCall, to context: inout RequestContext) {
        context["aws:CurrentTime"] = .one(call.now.extendedForm)
        context["aws:EpochTime"] = .one("\(call.now.milliseconds / 1000)")
        let caller = call.caller
        context["aws:ViaAWSService"] = .one(caller.viaService == nil && caller.calledVia.isEmpty ? "false" : "true")
        if let service = caller.viaService {
            context["kms:ViaService"] = .one(service)
        }
        if let first = caller.calledVia.first, let last = caller.calledVia.last {
            context["aws:CalledVia"] = .list(caller.calledVia)
            context["aws:CalledViaFirst"] = .one(first)
            context["aws:CalledViaLast"] = .one(last)
        }
    }

    private func addResource(_ subject: KeySubject, to context: inout RequestContext) {
        for tag in subject.key.tags {
            context["aws:ResourceTag/\(tag.key)"] = .one(tag.value)
        }
        // Only identity policies can ask for aliases (KMS developer guide, "kms:ResourceAliases").
        if !subject.aliasNames.isEmpty, !subject.key.policy.asksForAliases {
            context["kms:ResourceAliases"] = .list(subject.aliasNames)
        }
    }
}

/// The condition keys that are the same for every request, made once.
struct ConstantFacts: Sendable {
    /// Those of requests without a key.
    let all: RequestContext
    /// Those of requests about a key.
    let ofKeys: RequestContext

    init(_ place: KMSPlace) {
        var context = RequestContext()
        context["aws:RequestedRegion"] = .one(place.region)
        // The server listens without TLS; whoever puts it behind a proxy decides at the proxy.
        context["aws:SecureTransport"] = .one("false")
        all = context
        context["aws:ResourceAccount"] = .one(place.accountID.description)
        for (key, value) in Self.kind {
            context[key] = .one(value)
        }
        ofKeys = context
    }

    /// What kind of key every key here is; CreateKey sends it as part of the request.
    static let kind = [
        ("kms:KeySpec", "SYMMETRIC_DEFAULT"), ("kms:KeyUsage", "ENCRYPT_DECRYPT"), ("kms:KeyOrigin", "AWS_KMS"),
        ("kms:MultiRegion", "false"), ("kms:CustomerMasterKeySpec", "SYMMETRIC_DEFAULT"),
        ("kms:CustomerMasterKeyUsage", "ENCRYPT_DECRYPT"),
    ]
}
