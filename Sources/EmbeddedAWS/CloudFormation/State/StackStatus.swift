// SPDX-License-Identifier: Apache-2.0

/// What a stack is doing; the raw value is CloudFormation's word.
///
/// Source: CloudFormation API reference, Stack, StackStatus.
package enum StackStatus: String, Sendable, Hashable, CaseIterable {
    /// A change set would create it; nothing exists yet.
    case reviewInProgress = "REVIEW_IN_PROGRESS"
    /// Its resources are being created.
    case createInProgress = "CREATE_IN_PROGRESS"
    /// Its creation failed and what exists was left as it is.
    case createFailed = "CREATE_FAILED"
    /// It exists.
    case createComplete = "CREATE_COMPLETE"
    /// Its creation failed and is being undone.
    case rollbackInProgress = "ROLLBACK_IN_PROGRESS"
    /// Undoing its creation failed.
    case rollbackFailed = "ROLLBACK_FAILED"
    /// Its creation was undone; only its record is left.
    case rollbackComplete = "ROLLBACK_COMPLETE"
    /// Its resources are being deleted.
    case deleteInProgress = "DELETE_IN_PROGRESS"
    /// Some of its resources could not be deleted.
    case deleteFailed = "DELETE_FAILED"
    /// It is gone; its record stays listed for 90 days.
    case deleteComplete = "DELETE_COMPLETE"
    /// Its resources are being changed.
    case updateInProgress = "UPDATE_IN_PROGRESS"
    /// It was updated, and what it no longer wants is being removed.
    case updateCompleteCleanupInProgress = "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS"
    /// It was updated.
    case updateComplete = "UPDATE_COMPLETE"
    /// Its update failed and what changed was left as it is.
    case updateFailed = "UPDATE_FAILED"
    /// Its update failed and is being undone.
    case updateRollbackInProgress = "UPDATE_ROLLBACK_IN_PROGRESS"
    /// Undoing its update failed.
    case updateRollbackFailed = "UPDATE_ROLLBACK_FAILED"
    /// Its update was undone, and what the update created is being removed.
    case updateRollbackCompleteCleanupInProgress = "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS"
    /// Its update was undone.
    case updateRollbackComplete = "UPDATE_ROLLBACK_COMPLETE"

    /// Whether the engine still has something to do for the stack.
    package var isInProgress: Bool {
        switch self {
        case .createInProgress, .rollbackInProgress, .deleteInProgress, .updateInProgress,
            .updateCompleteCleanupInProgress, .updateRollbackInProgress, .updateRollbackCompleteCleanupInProgress:
            true
        default:
            false
        }
    }

    /// Whether the stack can be updated.
    ///
    /// Source: CloudFormation user guide, "Stack status codes".
    package var isUpdatable: Bool {
        switch self {
        case .createComplete, .updateComplete, .updateRollbackComplete, .createFailed, .updateFailed: true
        default: false
        }
    }
}

/// What a resource of a stack is doing; the raw value is CloudFormation's word.
package enum ResourceStatus: String, Sendable, Hashable {
    /// It is being created.
    case createInProgress = "CREATE_IN_PROGRESS"
    /// It could not be created.
    case createFailed = "CREATE_FAILED"
    /// It exists.
    case createComplete = "CREATE_COMPLETE"
    /// It is being deleted.
    case deleteInProgress = "DELETE_IN_PROGRESS"
    /// It could not be deleted.
    case deleteFailed = "DELETE_FAILED"
    /// It is gone.
    case deleteComplete = "DELETE_COMPLETE"
    /// It stays although its stack no longer has it.
    case deleteSkipped = "DELETE_SKIPPED"
    /// It is being changed.
    case updateInProgress = "UPDATE_IN_PROGRESS"
    /// It could not be changed.
    case updateFailed = "UPDATE_FAILED"
    /// It was changed.
    case updateComplete = "UPDATE_COMPLETE"
}
