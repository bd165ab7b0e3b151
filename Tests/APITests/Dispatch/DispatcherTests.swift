// SPDX-License-Identifier: Apache-2.0

import AWSWire
import ChangeManagement
import CoreValues
import EmbeddedAWS
import JSONDocument
import TestSupport
import Testing

@testable import API

struct DispatcherTests {
    let bench: APIBench

    init() throws {
        bench = try APIBench()
    }

    private static let getRfc = #"{"RfcId":"6cb4bd5a-a816-bd1a-c49c-000000000001"}"#

    @Test func `an operation that is not there is told together with those that are`() async {
        let answer = await bench.call("DeleteRfc", "{}")
        #expect(answer.status == 404)
        #expect(answer.type == "UnknownOperationException")
        #expect(answer.message.contains("`DeleteRfc`"))
        #expect(answer.message.contains("CreateRfc"))
    }

    @Test(arguments: ["Nobody.CreateRfc", "AWSEnergonService", "", "AWSEnergonService."])
    func `a target that names nothing is unknown`(_ target: String) async {
        let request = APIBench.request(target, "{}")
        let answer = await bench.send(
            APIBench.signer(bench.keyID, bench.secret).signed(request, now: bench.time.now())
        )
        #expect(answer.status == 404)
        #expect(answer.type == "UnknownOperationException")
    }

    @Test func `a request without a target is told what is missing`() async {
        let answer = await bench.send(APIBench.request(nil, "{}"))
        #expect(answer.status == 400)
        #expect(answer.text.contains("X-Amz-Target"))
    }

    @Test func `a request without a signature is refused before anything else is looked at`() async {
        let answer = await bench.send(APIBench.request("AWSEnergonService.GetRfc", "not even JSON"))
        #expect(answer.status == 403)
        #expect(answer.type == "MissingAuthenticationTokenException")
    }

    /// Ways to sign wrongly, and the error of each.
    enum Forgery: String, CaseIterable {
        case unknownKey, wrongSecret, otherService, otherRegion, tooOld, changedBody

        var type: String {
            self == .unknownKey ? "UnrecognizedClientException" : "InvalidSignatureException"
        }

        func request(_ bench: APIBench) -> SignableRequest {
            let plain = APIBench.request("AWSEnergonService.GetRfc", DispatcherTests.getRfc)
            let now = bench.time.now()
            switch self {
            case .unknownKey:
                return APIBench.signer("AKIAAAAAAAAAAAAAAAAA", bench.secret).signed(plain, now: now)
            case .wrongSecret:
                return APIBench.signer(bench.keyID, "wrong").signed(plain, now: now)
            case .otherService:
                return APIBench.signer(bench.keyID, bench.secret, service: "kms").signed(plain, now: now)
            case .otherRegion:
                return APIBench.signer(bench.keyID, bench.secret, region: "eu-west-1")
                    .signed(plain, now: now)
            case .tooOld:
                return APIBench.signer(bench.keyID, bench.secret)
                    .signed(plain, now: now.advanced(bySeconds: -3600))
            case .changedBody:
                let signed = APIBench.signer(bench.keyID, bench.secret).signed(plain, now: now)
                return SignableRequest(method: "POST", path: "/", headers: signed.headers, body: Array("{}".utf8))
            }
        }
    }

    @Test(arguments: Forgery.allCases)
    func `a wrong signature is refused`(_ forgery: Forgery) async {
        let answer = await bench.send(forgery.request(bench))
        #expect(answer.status == 403)
        #expect(answer.type == forgery.type)
    }

    @Test func `any path is served, as clients with odd endpoints use some`() async {
        let request = APIBench.request("AWSEnergonService.ListRfcSummaries", "{}")
        let moved = SignableRequest(method: "POST", path: "/operational/", headers: request.headers, body: request.body)
        let signer = APIBench.signer(bench.keyID, bench.secret)
        let answer = await bench.send(signer.signed(moved, now: bench.time.now()))
        #expect(answer.status == 200)
    }

    @Test func `a body that is no JSON is told with line and column`() async {
        let answer = await bench.call("GetRfc", "{\n  \"RfcId\": nonsense }")
        #expect(answer.status == 400)
        #expect(answer.type == "InvalidArgumentException")
        #expect(answer.message.contains("line 2, column 12"), "\(answer.message)")
    }

    @Test(arguments: ["[]", "\"text\"", "1"])
    func `a body that is no object is a bad argument`(_ body: String) async {
        let answer = await bench.call("GetRfc", body)
        #expect(answer.status == 400)
        #expect(answer.type == "InvalidArgumentException")
    }

    @Test func `an empty body is an empty request`() async {
        #expect(await bench.call("ListRfcSummaries", "").status == 200)
        #expect(await bench.call("GetRfc", "").message.contains("RfcId"))
    }

    @Test func `every answer has a request id, a success its content type`() async {
        let answer = await bench.call("ListRfcSummaries", "{}")
        #expect(answer.header("content-type") == "application/x-amz-json-1.1")
        #expect(answer.header("x-amzn-requestid")?.utf8.count == 36)
        let refusal = await bench.call("GetRfc", "{}")
        #expect(refusal.header("x-amzn-requestid")?.utf8.count == 36)
        #expect(refusal.header("x-amzn-errortype") == "InvalidArgumentException")
    }

    @Test func `an unforeseen failure tells the request id and nothing of its cause`() async throws {
        let bench = try APIBench(store: KillableStore(MemoryRfcStore(), KillSwitch(at: 0)))
        let answer = await bench.call("GetRfc", Self.getRfc)
        #expect(answer.status == 500)
        #expect(answer.type == "InternalServerError")
        let requestID = try #require(answer.header("x-amzn-requestid"))
        #expect(answer.message.contains(requestID))
        #expect(!answer.text.contains("Killed"))
        #expect(bench.log.text.contains("Killed"))
        #expect(bench.log.text.contains(requestID))
    }

    @Test func `a body over the limit is refused`() {
        let answer = Answer(bench.dispatcher.refuseTooLarge(limit: 100))
        #expect(answer.status == 413)
        #expect(answer.type == "RequestEntityTooLargeException")
    }
}
