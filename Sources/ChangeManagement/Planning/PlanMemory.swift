// SPDX-License-Identifier: Apache-2.0

import CoreValues
import Synchronization

/// The plans made last, so that what was planned for the check at create is not planned again at submit and run.
///
/// Planning is a pure function of the request, and the change types don't change while the process lives; forgetting
/// a plan costs time and nothing else.
final class PlanMemory: Sendable {
    /// How many RFCs' plans are kept.
    static let capacity = 256

    /// Everything that a plan depends on beside the RFC's id.
    struct Request: Sendable, Hashable {
        let parameters: String
        let changeType: ChangeTypeReference
        let account: AccountID
    }

    private struct State {
        var plans: [RfcID: (request: Request, plan: Plan)] = [:]
        /// The RFCs in a ring, the next to be forgotten at `oldest`.
        var ring: [RfcID] = []
        var oldest = 0
    }

    private let state = Mutex(State())

    func plan(of rfc: RfcID, for request: Request) -> Plan? {
        guard let known = state.withLock({ $0.plans[rfc] }), known.request == request else { return nil }
        return known.plan
    }

    func remember(_ plan: Plan, of rfc: RfcID, for request: Request) {
        state.withLock { state in
            guard state.plans.updateValue((request, plan), forKey: rfc) == nil else { return }
            guard state.ring.count == Self.capacity else {
                state.ring.append(rfc)
                return
            }
            state.plans[state.ring[state.oldest]] = nil
            state.ring[state.oldest] = rfc
            state.oldest = (state.oldest + 1) % Self.capacity
        }
    }
}
