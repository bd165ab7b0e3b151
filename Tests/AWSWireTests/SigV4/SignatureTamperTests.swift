// SPDX-License-Identifier: Apache-2.0

import Testing

struct SignatureTamperTests {
    struct Change: Sendable, CustomTestStringConvertible {
        let id: String
        let found: String
        let put: String

        var testDescription: String { "\(id): \(found.debugDescription) to \(put.debugDescription)" }

        init(_ id: String, _ found: String, _ put: String) {
            self.id = id
            self.found = found
            self.put = put
        }
    }

    @Test(arguments: [
        Change("get-vanilla", "GET / ", "GET /x "), Change("get-vanilla", "GET / ", "GET /?a=1 "),
        Change("get-vanilla", "Host:assent", "Host:dissent"), Change("get-vanilla", "Host:assent.example.com\n", ""),
        Change("get-vanilla", "X-Amz-Date:20150830T123600Z", "X-Amz-Date:20150830T123601Z"),
        Change("get-vanilla", "\n\n", "\n\nbody"), Change("get-vanilla", "host;x-amz-date", "host"),
        Change("get-vanilla", "us-east-1", "eu-west-1"),
        Change("get-vanilla", "X-Amz-Date", "X-Amz-Target:x\nX-Amz-Date"),
        Change("get-header-key-duplicate", "My-Header1:value1", "My-Header1:value3"),
        Change("get-header-key-duplicate", "My-Header1:value1\n", ""),
        Change("get-header-key-duplicate", "My-Header1:value1", "My-Header1:value1\nMy-Header1:x"),
        Change("get-header-value-order", "value4", "value1"),
        Change("get-header-value-multiline", "value2", "value4"),
        Change("get-header-key-order", "alpha:2\n", ""),
        Change("get-header-value-empty", "My-Header1:", "My-Header1:x"),
        Change("get-query-one", "Param1=value1", "Param1=value2"), Change("get-query-one", "?Param1=value1", ""),
        Change("get-query-order-value", "Param1=value1", "Param1=value2"),
        Change("get-query-repeated", "a=1&a=1", "a=1"), Change("get-query-plus", "a=b+c", "a=b%2Bc"),
        Change("get-path-space-normalized", "/example space/", "/example/"),
        Change("get-path-slashes-unnormalized", "//example//", "/example/"),
        Change("post-form", "Param1=value1", "Param1=value2"), Change("post-form", "Param1=value1", "Param1=value1\n"),
        Change("post-form", "urlencoded", "encoded"),
        Change("post-json-target", "TrentService.DescribeKey", "TrentService.DisableKey"),
        Change("post-sts-header-before", "X-Amz-Security-Token:c2", "X-Amz-Security-Token:d2"),
        Change("post-sts-header-after", "X-Amz-Security-Token:c2", "X-Amz-Security-Token:d2"),
        Change("get-presigned", "X-Amz-Expires=3600", "X-Amz-Expires=7200"),
        Change("get-presigned", "&X-Amz-Expires=3600", ""),
        Change("get-presigned", "X-Amz-Date=20150830T123600Z", "X-Amz-Date=20150830T123601Z"),
        Change("get-presigned", "X-Amz-SignedHeaders=host", "X-Amz-SignedHeaders=host%3Bx"),
        Change("get-presigned", "Host:assent", "X-Amz-Target:x\nHost:assent"),
        Change("get-query-one-presigned", "Param1=value1", "Param1=value2"),
        Change("get-query-one-presigned", "?Param1", "?a=1&Param1"),
        Change("get-vanilla-session-token-presigned", "Token=c2", "Token=d2"),
        Change("put-s3", "\n\nobject", "\n\nsubject"), Change("put-s3", "/b//c", "/b/c"),
        Change("get-s3-presigned", "versionId=1", "versionId=2"), Change("get-s3-presigned", "a%20b", "a%2520b"),
    ])
    func `a change of a signed part is found`(_ change: Change) throws {
        let one = try SignatureCase.named(change.id)
        let tampered = one.request.replacing(change.found, with: change.put)
        #expect(tampered != one.request)
        #expect(try !one.isValid(request: tampered))
    }

    @Test(arguments: [
        Change("get-vanilla", "\nX-Amz-Date", "\nUser-Agent:x\nX-Amz-Date"),
        Change("get-vanilla", "\nHost:", "\nHOST: "), Change("get-vanilla", "HTTP/1.1", "http/1.1"),
        Change("get-vanilla", ", ", ",\n  "), Change("get-vanilla", "Authorization:AWS4", "Authorization:  AWS4"),
        Change("get-header-value-trim", "a   b   c", "a b c"),
        Change("get-header-value-multiline", "\n  value2\n     value3", " value2 value3"),
        Change("get-query-order-key", "Param2=value2&Param1=value1", "Param1=value1&Param2=value2"),
        Change("get-query-plus", "b+c", "b%20c"), Change("get-query-one", "Param1", "%50aram1"),
        Change("get-path-slashes-normalized", "//example//", "/example/"),
        Change("get-path-relative-normalized", "/example/..", "/"),
        Change("get-presigned", "?X-Amz-Algorithm=AWS4-HMAC-SHA256&", "?"),
    ])
    func `what means the same may be written otherwise, and nothing else`(_ change: Change) throws {
        let one = try SignatureCase.named(change.id)
        let changed = one.request.replacing(change.found, with: change.put)
        #expect(changed != one.request)
        #expect(try one.isValid(request: changed) == (change.id != "get-presigned"))
    }
}
