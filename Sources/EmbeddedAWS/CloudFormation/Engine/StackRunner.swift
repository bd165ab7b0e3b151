// SPDX-License-Identifier: Apache-2.0

import CoreValues

/// Drives the stacks that have something to do, those of an earlier life of the process first.
///
/// The first commit of an operation is its acknowledgement; all that follows is one more, for nothing in between
/// waits for anything.
package struct StackRunner: Sendable {
    /// How many steps one transaction may take, so that nobody waits long for the account.
    static let maxStepsPerTransaction = 256

    private let account: EmbeddedAccount
    private let engine: StackEngine
    private let activity: StackActivity

    init(account: EmbeddedAccount, engine: StackEngine, activity: StackActivity) {
        self.account = account
        self.engine = engine
        self.activity = activity
    }

    /// Works until ``stop()`` is called or the task is cancelled, and then finishes what it has begun.
    /// - Throws: the store's error; the account in memory is then ahead of what is stored and must not be used.
    package func run() async throws {
        activity.raise()
        try await withThrowingDiscardingTaskGroup { group in
            for await _ in activity.raised {
                for id in account.read({ $0.cloudFormation.unfinished.sorted() }) {
                    group.addTask { try await drive(id) }
                }
            }
        }
    }

    /// Lets ``run()`` return.
    package func stop() {
        activity.finish()
    }

    /// Drives every stack that has something to do now, and returns when all of them rest.
    package func runOnce() async throws {
        for id in account.read({ $0.cloudFormation.unfinished.sorted() }) {
            try await drive(id)
        }
    }

    /// Drives a stack until it rests.
    private func drive(_ id: String) async throws {
        while try await takeSteps(id, atMost: Self.maxStepsPerTransaction) {}
    }

    /// Takes steps of one stack in one transaction and tells whether there are more to take.
    package func takeSteps(_ id: String, atMost limit: Int) async throws -> Bool {
        let now = account.time.now()
        // Templates take time to read; nobody else should wait for the account meanwhile.
        let before = account.read { $0.cloudFormation.stack(id: id) }
        let plan = before.flatMap { stack in
            stack.status.needsTemplate
                ? try? StackPlan(of: stack.definition, stackID: stack.id, stackName: stack.name) : nil
        }
        var run: StackRun?
        var taken = 0
        return try await account.writeInSteps { state in
            if run == nil {
                guard let stack = state.cloudFormation.stack(id: id),
                    let start = StackRun(stack, in: state.cloudFormation, at: now, ids: account.ids)
                else { return EmbeddedStep([], result: false) }
                run = start
                if let before, let plan {
                    run?.adopt(plan, of: before.definition)
                }
            }
            guard var current = run else { return EmbeddedStep([], result: false) }
            run = nil
            let changes = engine.step(&current, in: state)
            taken += 1
            guard current.isAtRest || taken >= limit else {
                run = current
                return EmbeddedStep(changes)
            }
            activity.changed(id)
            return EmbeddedStep(changes + current.changes, result: !current.isAtRest)
        }
    }
}

extension StackStatus {
    /// Whether the engine looks into the template of a stack of that status as a rule.
    fileprivate var needsTemplate: Bool {
        self == .createInProgress || self == .updateInProgress
    }
}
