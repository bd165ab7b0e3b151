// SPDX-License-Identifier: Apache-2.0

import Foundation
import JSONDocument

/// One RFC's whole way over HTTP, signatures verified: CreateRfc, SubmitRfc, GetRfc until `Success`.
struct RfcFlow: Sendable {
    let writer: RequestWriter

    func measure(clients: Int, seconds: Double) throws -> Throughput {
        try Load.measure(clients: clients, seconds: seconds) { index in
            let client = try LeanClient(port: writer.port)
            var number = 0
            return {
                number += 1
                try run("bench-\(index)-\(number)", client)
            }
        }
    }

    private func run(_ name: String, _ client: LeanClient) throws {
        let created = try call("CreateRfc", create(name), client)
        guard let id = created["RfcId"]?.string else { throw BenchError("CreateRfc answered no RfcId") }
        _ = try client.exchange(request("SubmitRfc", ["RfcId": .string(id)]))
        while true {
            let rfc = try call("GetRfc", ["RfcId": .string(id)], client)
            switch rfc["Rfc"]?["Status"]?["Id"]?.string {
            case "Success": return
            case "PendingApproval", "InProgress", "Scheduled": usleep(1_000)
            case let status: throw BenchError("RFC \(id) is \(status ?? "without status")")
            }
        }
    }

    private func create(_ name: String) -> JSONValue {
        let parameters: JSONValue = [
            "Description": "KMS key for my-app", "VpcId": "vpc-12345678901234567", "Name": .string(name),
            "StackTemplateId": "stm-enf1j068fhg34vugt", "TimeoutInMinutes": 60,
            "Parameters": [
                "Description": "KMS key for my-app",
                "IAMPrincipalsRequiringDecryptPermissions": ["arn:aws:iam::123456789012:role/roleA"],
            ],
        ]
        return [
            "ChangeTypeId": "ct-1d84keiri1jhg", "ChangeTypeVersion": "1.0", "Title": .string(name),
            "ExecutionParameters": .string(parameters.text()),
        ]
    }

    private func request(_ operation: String, _ body: JSONValue) -> [UInt8] {
        writer.json("AWSEnergonService.\(operation)", service: "amscm", body.text())
    }

    private func call(_ operation: String, _ body: JSONValue, _ client: LeanClient) throws -> JSONValue {
        try JSONValue(parsing: Array(try client.exchange(request(operation, body))))
    }
}
