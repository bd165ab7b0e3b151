// SPDX-License-Identifier: Apache-2.0

import AWSWire
import JSONDocument
import Testing

struct SignatureConformanceTests {
    private func answer(_ line: String) throws -> JSONValue {
        try JSONValue(parsing: SignatureConformance.answer(line: line))
    }

    @Test(arguments: ["", "x", "[1]", "{", "null", "{}"])
    func `a line that is no case is answered with an error`(_ line: String) throws {
        let answer = try answer(line)
        #expect(answer["id"] == .null)
        #expect(answer["valid"] == false)
        #expect(answer["error"]?.string?.isEmpty == false)
    }

    @Test(arguments: ["request", "now", "accessKeyId", "secretAccessKey", "service", "region"])
    func `a case without one of its members keeps its id`(_ name: String) throws {
        var members = try #require(try JSONValue(parsing: SignatureCase.named("get-vanilla").line).object)
        for value: JSONValue? in [nil, 1] {
            members[name] = value
            let answer = try answer(JSONValue.object(members).text())
            #expect(answer["id"] == "get-vanilla")
            #expect(answer["valid"] == false)
            #expect(answer["error"]?.string?.contains("a case needs") == true)
        }
    }

    @Test func `an id of any kind comes back as it was`() throws {
        var members = try #require(try JSONValue(parsing: SignatureCase.named("get-vanilla").line).object)
        for id: JSONValue in [7, "a\"b", ["x": [1]], true] {
            members["id"] = id
            #expect(try answer(JSONValue.object(members).text()) == ["id": id, "valid": true])
        }
    }

    @Test func `the token must be the one of the credentials where the request has one`() throws {
        let before = try SignatureCase.named("post-sts-header-before")
        #expect(try !before.isValid(sessionToken: "other"))
        let after = try SignatureCase.named("post-sts-header-after")
        #expect(try !after.isValid(sessionToken: "other"))
        let token = try #require(after.sessionToken)
        let unsent = after.request.replacing("X-Amz-Security-Token:\(token)\n", with: "")
        #expect(unsent != after.request)
        #expect(try after.isValid(request: unsent))
        let lost = before.request.replacing("X-Amz-Security-Token:\(token)\n", with: "")
        #expect(lost != before.request)
        #expect(try !before.isValid(request: lost))
    }

    @Test(arguments: [
        "", "\n", "GET", "GET /", "GET / HTTP/2", "GET / FTP/1.1", "GET HTTP/1.1", "GET / HTTP/1.1\nno colon\n\n",
        "GET / HTTP/1.1\n  folded first\nHost:h\n\n", "GET / HTTP/1.1\n\n", "\u{0}",
    ])
    func `a text that is no signed request is not valid`(_ text: String) throws {
        #expect(try !SignatureCase.named("get-vanilla").isValid(request: text))
    }

    @Test(arguments: ["get-vanilla", "get-path-space-normalized", "get-utf8-path", "post-form", "get-query-utf8"])
    func `lines may end in either way and the text in the last field`(_ id: String) throws {
        let one = try SignatureCase.named(id)
        let parts = one.request.split(separator: "\n\n", maxSplits: 1, omittingEmptySubsequences: false)
        let head = parts[0].replacing("\n", with: "\r\n")
        #expect(try one.isValid(request: "\(head)\r\n\r\n\(parts[1])"))
        if parts[1].isEmpty {
            #expect(try one.isValid(request: String(parts[0])))
            #expect(try one.isValid(request: parts[0] + "\n"))
        }
    }
}
