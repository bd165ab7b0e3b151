// SPDX-License-Identifier: Apache-2.0

import AWSWire
import Testing

struct AWSServiceNameTests {
    @Test(arguments: [
        ("AWSEnergonService.CreateRfc", AWSServiceName.amscm, "CreateRfc"),
        ("SentinelProvisioningService.GetStack", .amsskms, "GetStack"), ("TrentService.Encrypt", .kms, "Encrypt"),
    ])
    func `a target names a service and an operation`(
        _ text: String,
        _ service: AWSServiceName,
        _ operation: String
    ) throws {
        let target = try #require(AWSServiceName.target(text))
        #expect(target.service == service)
        #expect(target.operation == operation)
    }

    @Test(arguments: [
        "", ".", "TrentService", "TrentService.", ".Encrypt", "trentservice.Encrypt", "TrentService.Encrypt.",
        "TrentService.x.Encrypt", "DynamoDB_20120810.GetItem", "TrentService Encrypt",
    ])
    func `other targets name nothing`(_ text: String) {
        #expect(AWSServiceName.target(text) == nil)
    }

    @Test(arguments: [AWSServiceName.cloudformation, .sts, .iam])
    func `a version names its Query service`(_ service: AWSServiceName) throws {
        #expect(AWSServiceName.query(version: try #require(service.queryVersion)) == service)
        #expect(service.xmlNamespace?.contains(try #require(service.queryVersion)) == true)
        #expect(service.targetPrefix == nil)
    }

    @Test(arguments: ["", "2010-05-16", "2010-05-15 "])
    func `other versions name nothing`(_ version: String) {
        #expect(AWSServiceName.query(version: version) == nil)
    }
}
