// SPDX-License-Identifier: Apache-2.0

/// Execution parameters for ct-1d84keiri1jhg; each is what the change type's reference shows, made valid JSON.
package enum SampleParameters {
    /// Version 1.0, only what is required.
    package static let requiredOnly = #"""
        {"Description":"Test description","VpcId":"vpc-12345678901234567","Name":"TestStack",
         "StackTemplateId":"stm-enf1j068fhg34vugt","TimeoutInMinutes":60,"Parameters":{"Description":"Test key"}}
        """#

    /// Version 1.0, everything there is.
    package static let all = #"""
        {"Description":"Test description","VpcId":"vpc-12345678","Name":"TestStack",
         "Tags":[{"Key":"foo","Value":"bar"}],"StackTemplateId":"stm-enf1j068fhg34vugt","TimeoutInMinutes":60,
         "Parameters":{"Alias":"testkey","EnableKeyRotation":"true","Description":"Test key","PendingWindow":30,
          "IAMPrincipalsRequiringDecryptPermissions":["arn:aws:iam::123456789012:user/myuser",
           "arn:aws:iam::123456789012:role/myrole"],
          "IAMPrincipalsRequiringEncryptPermissions":["arn:aws:iam::123456789012:user/myuser",
           "arn:aws:iam::123456789012:role/myrole"],
          "IAMPrincipalsRequiringGrantsPermissions":["arn:aws:iam::123456789012:user/myuser",
           "arn:aws:iam::123456789012:role/myrole","987654321098"],
          "LimitGrantsToAWSResources":"true","EnforceEncryptionContextKeys":"true",
          "AllowedEncryptionContextKeys":["App"],"AllowServiceRolesAccessKMSKeys":["ec2.us-east-1.amazonaws.com"]}}
        """#

    /// Version 2.0, everything there is.
    package static let allOfVersion2 = #"""
        {"DocumentName":"AWSManagedServices-CreateKMSKey","Region":"us-east-1",
         "Parameters":{"Alias":"testkey","EnableKeyRotation":false,"Description":"Test key","PendingWindow":7,
          "IAMPrincipalsRequiringDecryptPermissions":["arn:aws:iam::123456789012:role/myrole"],
          "IAMPrincipalsRequiringEncryptPermissions":["arn:aws:iam::123456789012:role/myrole"],
          "IAMPrincipalsRequiringGrantsPermissions":["arn:aws:iam::123456789012:role/myrole","987654321098"],
          "LimitGrantsToAWSResources":true,"EnforceEncryptionContextKeys":true,
          "AllowedEncryptionContextKeys":["App","Environment"],
          "AllowServiceRolesAccessKMSKeys":["ec2.us-east-1.amazonaws.com"],"Tags":[{"Key":"foo","Value":"bar"}]}}
        """#

    /// Version 2.0, only what is required.
    package static let requiredOfVersion2 = #"""
        {"DocumentName":"AWSManagedServices-CreateKMSKey","Region":"us-east-1","Parameters":{"Description":"Test key"}}
        """#

    /// The seven parameterisations of version 1.0 with the name of each.
    package static let parameterisations: [(name: String, parameters: String)] = [
        ("decrypt", key(#""IAMPrincipalsRequiringDecryptPermissions":\#(principals)"#)),
        (
            "encrypt",
            key(
                #""IAMPrincipalsRequiringEncryptPermissions":\#(principals)"#,
                tags: #""Tags":[{"Key":"Name","Value":"my-app-key"}],"#
            )
        ),
        (
            "create-grants",
            key(
                #""IAMPrincipalsRequiringGrantsPermissions":["arn:aws:iam::999999999999:role/roleA","888888888888"]"#
            )
        ),
        (
            "limit-to-services",
            key(
                #""IAMPrincipalsRequiringGrantsPermissions":["arn:aws:iam::999999999999:role/roleA"],"#
                    + #""LimitGrantsToAWSResources":"true""#
            )
        ),
        ("encryption-keys", key(#""EnforceEncryptionContextKeys":"true""#)),
        ("encryption-list", key(#""AllowedEncryptionContextKeys":["Name","Application"]"#)),
        (
            "allow-aws-service-access",
            key(
                #""AllowServiceRolesAccessKMSKeys":["ec2.us-east-1.amazonaws.com","ecr.us-east-1.amazonaws.com"]"#
            )
        ),
    ]

    private static let principals = #"["ARN:role/roleA","ARN:user/userB","ARN:role/instanceProfileA"]"#

    /// A request of version 1.0 with these members in its `Parameters`.
    package static func key(_ members: String, tags: String = "") -> String {
        #"""
        {"Description":"KMS key for my-app","VpcId":"vpc-12345678","Name":"my-app-key",\#(tags)
         "StackTemplateId":"stm-enf1j068fhg34vugt","TimeoutInMinutes":60,
         "Parameters":{\#(members),"Description":"KMS key for my-app"}}
        """#
    }
}
