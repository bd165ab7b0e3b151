// SPDX-License-Identifier: Apache-2.0

import ChangeManagement
import CoreValues
import JSONDocument

/// Change types as `amscm` writes them; source: reference/amscm-api.md §3.
enum ChangeTypeWire {
    /// The `ChangeTypeVersion` of GetChangeTypeVersion.
    static func version(_ version: ChangeTypeVersion) -> JSONValue {
        var object = JSONObject()
        object["AccessLevel"] = RfcWire.pair(version.accessLevel.rawValue)
        object["ApprovalCondition"] = [
            "AwsApproval": RfcWire.pair(version.awsApproval.rawValue),
            "CustomerApproval": RfcWire.pair(version.customerApproval.rawValue),
        ]
        object["AutomationStatus"] = RfcWire.pair(version.automation.rawValue)
        object["ChangeTypeId"] = .string(version.reference.id)
        object["CreatedTime"] = .string(version.createdAt.basicForm)
        object["DeprecationMessage"] = version.deprecation.map { .string($0.message) }
        object["DeprecationTime"] = version.deprecation.map { .string($0.time.basicForm) }
        object["ExecutionInputSchema"] = .string(version.inputSchemaText)
        object["ExpectedExecutionDurationInMinutes"] = .number(JSONNumber(version.expectedDurationMinutes))
        object["Name"] = .string(version.name)
        object["Version"] = .string(version.reference.version)
        return .object(object)
    }

    /// An element of `ChangeTypeVersionSummaries`.
    static func summary(_ version: ChangeTypeVersion) -> JSONValue {
        var object = JSONObject()
        object["AccessLevel"] = RfcWire.pair(version.accessLevel.rawValue)
        object["AutomationStatus"] = RfcWire.pair(version.automation.rawValue)
        object["ChangeTypeId"] = .string(version.reference.id)
        object["CreatedTime"] = .string(version.createdAt.basicForm)
        object["DeprecationTime"] = version.deprecation.map { .string($0.time.basicForm) }
        object["Description"] = .string(version.description)
        object["Name"] = .string(version.name)
        object["Version"] = .string(version.reference.version)
        return .object(object)
    }

    /// An element of `ChangeTypeClassificationSummaries`.
    static func classification(_ entry: (changeTypeID: String, classification: Classification)) -> JSONValue {
        [
            "Category": .string(entry.classification.category),
            "Subcategory": .string(entry.classification.subcategory),
            "Item": .string(entry.classification.item),
            "Operation": .string(entry.classification.operation),
            "ChangeTypeId": .string(entry.changeTypeID),
        ]
    }
}
