// SPDX-License-Identifier: Apache-2.0

package import AWSWire
import AccessPolicy

/// Tags of keys.
extension KMSEngine {
    /// TagResource: adds tags, or gives those that are there another value.
    package func tagResource(
        _ keyID: String,
        tags: [KeyTag],
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        try TagRules.check(tags)
        return try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try tagging(tags, subject, call)
        }
    }

    func tagging(_ tags: [KeyTag], _ subject: KeySubject, _ call: KMSCall) throws(AWSError) -> KeyRecord {
        try authorize(.tagResource, on: subject, call, TagRules.facts(tags))
        var key = subject.key
        try key.requireNotPendingDeletion()
        for tag in tags {
            if let index = key.tags.firstIndex(where: { $0.key == tag.key }) {
                key.tags[index] = tag
            } else {
                key.tags.append(tag)
            }
        }
        guard key.tags.count <= TagRules.maxTags else { throw TagRules.tooMany }
        return key
    }

    /// UntagResource; tags that aren't there don't matter.
    package func untagResource(
        _ keyID: String,
        tagKeys: [String],
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<KeyRecord> {
        for (index, key) in tagKeys.enumerated() {
            try MemberConstraint.length(key, of: "tagKeys.\(index + 1).member", in: 1...128)
        }
        return try edit(keyID, call, in: state) { (subject) throws(AWSError) in
            try untagging(tagKeys, subject, call)
        }
    }

    func untagging(_ tagKeys: [String], _ subject: KeySubject, _ call: KMSCall) throws(AWSError) -> KeyRecord {
        try authorize(.untagResource, on: subject, call, RequestFacts(more: [("aws:TagKeys", .list(tagKeys))]))
        var key = subject.key
        try key.requireNotPendingDeletion()
        key.tags.removeAll { tagKeys.contains($0.key) }
        return key
    }

    /// ListResourceTags, in the order in which they were added.
    package func listResourceTags(
        _ keyID: String,
        _ page: PageRequest,
        _ call: KMSCall,
        in state: KMSState
    ) throws(AWSError) -> KMSOutcome<Page<KeyTag>> {
        _ = try page.checkedLimit(default: 50)
        return try look(keyID, call, in: state) { (subject) throws(AWSError) in
            try authorize(.listResourceTags, on: subject, call)
            return try Page(of: subject.key.tags, page, defaultLimit: 50) { $0.key }
        }
    }
}

/// What tags must be like; source: reference/kms-policy.md §8.
enum TagRules {
    /// How many tags a key can have.
    static let maxTags = 50

    static var tooMany: AWSError {
        KMSError.tag("Too many tags")
    }

    static func check(_ tags: [KeyTag]) throws(AWSError) {
        for (index, tag) in tags.enumerated() {
            try MemberConstraint.length(tag.key, of: "tags.\(index + 1).member.tagKey", in: 1...128)
            try MemberConstraint.length(tag.value, of: "tags.\(index + 1).member.tagValue", in: 0...256)
        }
        guard !tags.contains(where: { $0.key.lowercased().hasPrefix("aws:") }) else {
            throw KMSError.tag("Tags beginning with aws: are reserved")
        }
        guard Set(tags.map(\.key)).count == tags.count else { throw KMSError.tag("Duplicate tag keys") }
        guard tags.count <= maxTags else { throw tooMany }
    }

    /// What conditions may ask about tags that a request brings.
    static func facts(_ tags: [KeyTag]) -> RequestFacts {
        guard !tags.isEmpty else { return .none }
        return RequestFacts(
            more: tags.map { ("aws:RequestTag/\($0.key)", .one($0.value)) } + [("aws:TagKeys", .list(tags.map(\.key)))]
        )
    }
}
