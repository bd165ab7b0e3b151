// SPDX-License-Identifier: Apache-2.0

import AWSWire
package import ChangeManagement
package import CoreValues
package import EmbeddedAWS

/// The stacks of the embedded AWS, as the executor sees them.
package struct EmbeddedStackService: StackService {
    private let service: CloudFormationService
    private let caller: CallerIdentity

    /// Makes an adapter that acts as `caller`, whose permissions the stacks' resources are made with.
    package init(_ service: CloudFormationService, caller: CallerIdentity) {
        self.service = service
        self.caller = caller
    }

    package func createStack(_ order: StackOrder) async throws {
        var request = StackRequest(stackName: order.name)
        request.templateBody = order.template
        request.parameters = order.parameters.map { StackRequest.Parameter(key: $0.key, value: $0.value) }
        request.tags = order.tags.map { KeyTag(key: $0.key, value: $0.value) }
        request.timeoutMinutes = order.timeoutMinutes
        request.clientRequestToken = order.token
        do {
            _ = try await service.createStack(request, by: caller)
        } catch {
            throw StackServiceError(translating: error)
        }
    }

    package func deleteStack(named name: String, token: String) async throws {
        do {
            try await service.deleteStack(name, token: token, by: caller)
        } catch {
            throw StackServiceError(translating: error)
        }
    }

    package func stack(named name: String) async throws -> StackProgress? {
        service.snapshot(name).map(StackProgress.init)
    }

    package func progress(ofStack name: String, after seen: Int) async throws -> StackProgress? {
        try await service.snapshot(name, after: seen).map(StackProgress.init)
    }
}

extension StackServiceError {
    /// What the service answered, or a fault that may pass.
    init(translating error: any Error) {
        guard let error = error as? AWSError else {
            self.init(code: "InternalFailure", message: "\(error)", isRetryable: true)
            return
        }
        self.init(code: error.code, message: error.message, isRetryable: error.isServerFault)
    }
}

extension StackProgress {
    /// How a stack of the embedded AWS stands.
    init(_ snapshot: StackSnapshot) {
        let stack = snapshot.stack
        self.init(
            stackARN: stack.id,
            status: stack.status.rawValue,
            statusReason: stack.statusReason,
            isAtRest: !stack.isInProgress,
            outputs: stack.outputs.map { Output(key: $0.key, value: $0.value) },
            events: snapshot.events.map { event in
                Event(
                    resource: event.logicalID,
                    type: event.resourceType,
                    physicalID: event.physicalID,
                    status: event.status,
                    reason: event.reason
                )
            }
        )
    }
}
