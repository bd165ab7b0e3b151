// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// The CloudFormation template of one KMS key with its policy inlined.
///
/// The policy is not passed through template parameters, so the 4,096-byte limit of a parameter value does not bound
/// the lists of principals, and a reviewer reads exactly what runs. Source: reference/cloudformation.md §1-3, §7.
struct KeyTemplate {
    /// The key's description.
    var description: String
    /// The alias without its `alias/` prefix.
    var alias: String?
    /// Whether the key material rotates every year.
    var enableKeyRotation: Bool
    /// How many days a scheduled deletion waits, 7 to 30.
    var pendingWindowInDays: Int
    /// The key policy.
    var keyPolicy: JSONValue
    /// The key's tags.
    var tags: [StackOrder.Tag]

    /// The template; the same input always gives the same bytes.
    var document: JSONValue {
        var resources = JSONObject()
        resources["Key"] = [
            "Type": "AWS::KMS::Key",
            "DeletionPolicy": "Retain",
            "UpdateReplacePolicy": "Retain",
            "Properties": keyProperties,
        ]
        var outputs = JSONObject()
        outputs["KeyId"] = ["Value": ["Ref": "Key"]]
        outputs["KeyArn"] = ["Value": ["Fn::GetAtt": ["Key", "Arn"]]]
        if let alias {
            resources["Alias"] = [
                "Type": "AWS::KMS::Alias",
                "Properties": ["AliasName": .string("alias/" + alias), "TargetKeyId": ["Ref": "Key"]],
            ]
            outputs["Alias"] = ["Value": ["Ref": "Alias"]]
        }
        return [
            "AWSTemplateFormatVersion": "2010-09-09",
            "Description": "KMS key with a predefined key policy; the key outlives this stack.",
            "Resources": .object(resources),
            "Outputs": .object(outputs),
        ]
    }

    private var keyProperties: JSONValue {
        var properties = JSONObject()
        properties["Description"] = .string(description)
        properties["EnableKeyRotation"] = .bool(enableKeyRotation)
        properties["PendingWindowInDays"] = .number(JSONNumber(pendingWindowInDays))
        properties["KeyPolicy"] = keyPolicy
        if !tags.isEmpty {
            properties["Tags"] = .array(tags.map { ["Key": .string($0.key), "Value": .string($0.value)] })
        }
        return .object(properties)
    }
}
