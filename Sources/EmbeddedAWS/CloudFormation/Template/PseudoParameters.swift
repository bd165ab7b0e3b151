// SPDX-License-Identifier: Apache-2.0

import JSONDocument

/// The values that CloudFormation itself gives a template (user guide, "Pseudo parameters reference").
struct PseudoParameters: Sendable, Hashable {
    /// `AWS::AccountId`.
    var accountID: String
    /// `AWS::Region`.
    var region: String
    /// `AWS::StackId`.
    var stackID: String
    /// `AWS::StackName`.
    var stackName: String
    /// `AWS::NotificationARNs`.
    var notificationARNs: [String] = []

    /// The name that removes the member or element which refers to it.
    static let noValue = "AWS::NoValue"
    /// Every pseudo parameter's name.
    static let names: Set<String> = [
        "AWS::AccountId", "AWS::Region", "AWS::Partition", "AWS::URLSuffix", "AWS::StackId", "AWS::StackName",
        "AWS::NotificationARNs", noValue,
    ]

    /// The value of a pseudo parameter, `nil` for ``noValue`` and unknown names.
    func value(_ name: String) -> JSONValue? {
        switch name {
        case "AWS::AccountId": .string(accountID)
        case "AWS::Region": .string(region)
        case "AWS::Partition": .string(partition)
        case "AWS::URLSuffix": .string(partition == "aws-cn" ? "amazonaws.com.cn" : "amazonaws.com")
        case "AWS::StackId": .string(stackID)
        case "AWS::StackName": .string(stackName)
        case "AWS::NotificationARNs": .array(notificationARNs.map { .string($0) })
        default: nil
        }
    }

    private var partition: String {
        if region.hasPrefix("cn-") {
            "aws-cn"
        } else if region.hasPrefix("us-gov-") {
            "aws-us-gov"
        } else {
            "aws"
        }
    }
}
