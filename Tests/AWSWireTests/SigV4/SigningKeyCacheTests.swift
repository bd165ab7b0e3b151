// SPDX-License-Identifier: Apache-2.0

import Testing

@testable import AWSWire

struct SigningKeyCacheTests {
    private func scope(_ number: Int) -> CredentialScope {
        CredentialScope(date: "20260101", region: "r-\(number)", service: "kms")
    }

    @Test func `a remembered key is the derived one`() {
        let cache = SigningKeyCache()
        let derived = SigningKey.derive(SigningKey.secret("secret"), scope: scope(1))
        for _ in 0..<3 {
            #expect(cache.key(accessKeyID: "A", scope: scope(1), secretAccessKey: "secret") == derived)
        }
        #expect(cache.count == 1)
    }

    @Test func `a new secret of the same access key gives a new signing key`() {
        let cache = SigningKeyCache()
        let old = cache.key(accessKeyID: "A", scope: scope(1), secretAccessKey: "old")
        let new = cache.key(accessKeyID: "A", scope: scope(1), secretAccessKey: "new")
        #expect(old != new)
        #expect(new == SigningKey.derive(SigningKey.secret("new"), scope: scope(1)))
        #expect(cache.key(accessKeyID: "A", scope: scope(1), secretAccessKey: "old") == old)
    }

    @Test(arguments: [1, 2, 7, 64])
    func `the cache stays within its capacity`(_ capacity: Int) {
        let cache = SigningKeyCache(capacity: capacity)
        for number in 0..<200 {
            _ = cache.key(accessKeyID: "A", scope: scope(number), secretAccessKey: "secret")
            #expect(cache.count <= max(2, capacity))
        }
    }
}
