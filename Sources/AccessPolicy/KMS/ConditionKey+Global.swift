// SPDX-License-Identifier: Apache-2.0

extension ConditionKey {
    /// The keys that requests to every service can carry.
    static let global = ofPrincipals + ofNetwork + ofRequests + ofTags + ofSessions

    private static let ofPrincipals = [
        ConditionKey("aws:PrincipalAccount", .string, .always),
        ConditionKey("aws:PrincipalArn", .arn, .always),
        ConditionKey("aws:PrincipalIsAWSService", .bool, .always),
        ConditionKey("aws:PrincipalOrgID"),
        ConditionKey("aws:PrincipalOrgPaths", isMultivalued: true),
        ConditionKey("aws:PrincipalServiceName"),
        ConditionKey("aws:PrincipalServiceNamesList", isMultivalued: true),
        ConditionKey("aws:PrincipalTag/"),
        ConditionKey("aws:PrincipalType", .string, .always),
        ConditionKey("aws:userid", .string, .always),
        ConditionKey("aws:username"),
    ]

    private static let ofNetwork = [
        ConditionKey("aws:SourceIp", .ipAddress),
        ConditionKey("aws:SourceVpc"),
        ConditionKey("aws:SourceVpcArn", .arn),
        ConditionKey("aws:SourceVpce"),
        ConditionKey("aws:VpceAccount"),
        ConditionKey("aws:VpceOrgID"),
        ConditionKey("aws:VpceOrgPaths", isMultivalued: true),
        ConditionKey("aws:VpcSourceIp", .ipAddress),
    ]

    private static let ofRequests = [
        ConditionKey("aws:CalledVia", isMultivalued: true),
        ConditionKey("aws:CalledViaFirst"),
        ConditionKey("aws:CalledViaLast"),
        ConditionKey("aws:CurrentTime", .date, .always),
        ConditionKey("aws:EpochTime", .date, .always),
        ConditionKey("aws:Referer"),
        ConditionKey("aws:RequestedRegion", .string, .always),
        ConditionKey("aws:ResourceAccount", .string, .always),
        ConditionKey("aws:ResourceOrgID"),
        ConditionKey("aws:ResourceOrgPaths", isMultivalued: true),
        ConditionKey("aws:SecureTransport", .bool, .always),
        ConditionKey("aws:SourceAccount"),
        ConditionKey("aws:SourceArn", .arn),
        ConditionKey("aws:SourceOrgID"),
        ConditionKey("aws:SourceOrgPaths", isMultivalued: true),
        ConditionKey("aws:UserAgent"),
        ConditionKey("aws:ViaAWSService", .bool, .always),
    ]

    private static let ofTags = [
        ConditionKey("aws:RequestTag/", on: KMSActionSet([.createKey, .tagResource])),
        ConditionKey("aws:ResourceTag/", on: KMSAction.onKeys.union(KMSActionSet([.createKey]))),
        ConditionKey("aws:TagKeys", isMultivalued: true, on: KMSActionSet([.createKey, .tagResource, .untagResource])),
    ]

    private static let ofSessions = [
        ConditionKey("aws:AssumedRoot", .bool),
        ConditionKey("aws:ChatbotSourceArn", .arn),
        ConditionKey("aws:Ec2InstanceSourcePrivateIPv4", .ipAddress),
        ConditionKey("aws:Ec2InstanceSourceVpc"),
        ConditionKey("aws:FederatedProvider"),
        ConditionKey("aws:MultiFactorAuthAge", .numeric),
        ConditionKey("aws:MultiFactorAuthPresent", .bool),
        ConditionKey("aws:SourceIdentity"),
        ConditionKey("aws:TokenIssueTime", .date),
    ]
}
