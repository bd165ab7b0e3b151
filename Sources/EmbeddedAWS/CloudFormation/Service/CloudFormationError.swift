// SPDX-License-Identifier: Apache-2.0

import AWSWire

/// The errors of CloudFormation in AWS's words; source: reference/cloudformation.md §8.
enum CloudFormationError {
    /// The pattern of stack names as AWS prints it.
    static let namePattern = "[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/._+]*"

    /// The code for nearly everything that is wrong with a request.
    static func validation(_ message: String) -> AWSError {
        AWSError("ValidationError", message)
    }

    /// A member that breaks a constraint of the service model.
    static func constraint(_ value: String?, at member: String, _ constraint: String) -> AWSError {
        let shown = value.map { "Value '\($0)'" } ?? "Value"
        return validation(
            "1 validation error detected: \(shown) at '\(member)' failed to satisfy constraint: Member must \(constraint)"
        )
    }

    /// A member that is not there.
    static func missing(_ member: String) -> AWSError {
        validation(
            "1 validation error detected: Value null at '\(member)' failed to satisfy constraint: Member must not be null"
        )
    }

    // MARK: Stacks

    /// DescribeStacks and a few others; the AWS CLI looks for the phrase.
    static func noStackWithID(_ name: String) -> AWSError {
        validation("Stack with id \(name) does not exist")
    }

    static func noStack(_ name: String) -> AWSError {
        validation("Stack [\(name)] does not exist")
    }

    static func stackExists(_ name: String) -> AWSError {
        AWSError("AlreadyExistsException", "Stack [\(name)] already exists")
    }

    static func tokenExists(_ token: String) -> AWSError {
        AWSError(
            "TokenAlreadyExistsException",
            "The client request token [\(token)] has already been used for a request with other parameters"
        )
    }

    static func notUpdatable(_ stack: StackRecord) -> AWSError {
        validation("Stack:\(stack.id) is in \(stack.status.rawValue) state and can not be updated.")
    }

    static func notDeletable(_ stack: StackRecord) -> AWSError {
        validation("Stack [\(stack.id)] cannot be deleted while in status \(stack.status.rawValue)")
    }

    static func protected(_ stack: StackRecord) -> AWSError {
        validation("Stack [\(stack.name)] cannot be deleted while TerminationProtection is enabled")
    }

    static func retainOutOfTurn(_ stack: StackRecord) -> AWSError {
        validation(
            "Invalid operation on stack [\(stack.id)]. When you delete a stack, specify which resources to retain only "
                + "when the stack is in the DELETE_FAILED state."
        )
    }

    static var noUpdates: AWSError {
        validation("No updates are to be performed.")
    }

    static func noResource(_ logicalID: String, _ stack: String) -> AWSError {
        validation("Resource \(logicalID) does not exist for stack \(stack)")
    }

    static func typeChanged(_ logicalIDs: [String]) -> AWSError {
        validation(
            "Update of resource type is not permitted. The new template modifies resource type of the following "
                + "resources: [\(logicalIDs.joined(separator: ", "))]"
        )
    }

    // MARK: Templates

    static func template(_ error: TemplateError) -> AWSError {
        validation(error.description)
    }

    static var noTemplate: AWSError {
        validation("Either Template URL or Template Body must be specified.")
    }

    /// Deviation: there is no S3 to fetch a template from.
    static func urlRefused(_ member: String, instead: String) -> AWSError {
        validation("\(member) is not supported by the embedded CloudFormation, which reaches no S3; give \(instead)")
    }

    // MARK: Change sets

    static func noChangeSet(_ name: String) -> AWSError {
        AWSError("ChangeSetNotFound", "ChangeSet [\(name)] does not exist", status: 404)
    }

    static func changeSetExists(_ name: String) -> AWSError {
        AWSError("AlreadyExistsException", "ChangeSet [\(name)] already exists")
    }

    static func changeSetStatus(_ changeSet: ChangeSetRecord) -> AWSError {
        AWSError(
            "InvalidChangeSetStatus",
            "ChangeSet [\(changeSet.id)] cannot be executed in its current execution status of "
                + "[\(changeSet.executionStatus.rawValue)]"
        )
    }

    static func stackNeedsUpdate(_ name: String, _ changeSet: String) -> AWSError {
        validation("Stack [\(name)] already exists and cannot be created again with the changeSet [\(changeSet)].")
    }

    static var invalidToken: AWSError {
        validation("The NextToken is none that this operation returned")
    }
}
