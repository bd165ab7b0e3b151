// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import Crypto

/// The hash chain over an RFC's events.
///
/// Each hash covers the one before it, so that no event can be changed, moved or left out of the middle unnoticed.
/// That none is missing at the end is told by the RFC's own count.
enum EventChain {
    /// SHA-256 over the previous hash and the event's fields, each preceded by its length.
    static func hash(of event: RecordedEvent, body: String, rfc: RfcID, after previous: [UInt8]) -> [UInt8] {
        hash(
            Link(
                rfc: rfc.description,
                sequence: Int64(event.sequence),
                time: event.time.milliseconds,
                actor: event.actor.description,
                name: event.event.name,
                body: body
            ),
            after: previous
        )
    }

    /// The fields that a hash covers, as they are stored.
    struct Link {
        let rfc: String
        let sequence: Int64
        let time: Int64
        let actor: String
        let name: String
        let body: String
    }

    static func hash(_ link: Link, after previous: [UInt8]) -> [UInt8] {
        var hasher = SHA256()
        hasher.update(data: previous)
        for field in [link.rfc, String(link.sequence), String(link.time), link.actor, link.name, link.body] {
            hasher.update(data: Array("\(field.utf8.count):".utf8))
            hasher.update(data: Array(field.utf8))
        }
        return Array(hasher.finalize())
    }
}
