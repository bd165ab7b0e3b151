// SPDX-License-Identifier: Apache-2.0

import AWSWire
import JSONDocument
import TestSupport
import Testing

struct QueryInputTests {
    @Test(arguments: [
        ("", "{}"), ("&&", "{}"),
        ("Action=ListStacks&Version=2010-05-15", #"{"Action":"ListStacks","Version":"2010-05-15"}"#),
        ("A=b+c%20d%2Be", #"{"A":"b c d+e"}"#), ("A=%E2%82%AC", #"{"A":"€"}"#), ("A", #"{"A":""}"#),
        ("A=", #"{"A":""}"#),
        ("A=1=2", #"{"A":"1=2"}"#), ("A%2EB=1", #"{"A":{"B":"1"}}"#), ("A=100%", #"{"A":"100%"}"#),
        ("A=%zz", #"{"A":"%zz"}"#), ("L.member.1=a&L.member.2=b", #"{"L":["a","b"]}"#),
        ("L.member.10=b&L.member.9=a", #"{"L":["a","b"]}"#), ("L.member.3=a&L.member.7=b", #"{"L":["a","b"]}"#),
        ("L.member=", #"{"L":[]}"#), ("L=", #"{"L":""}"#),
        ("P.member.1.Key=k&P.member.1.Value=v&P.member.2.Key=l", #"{"P":[{"Key":"k","Value":"v"},{"Key":"l"}]}"#),
        ("L.member.1.member.1=a&L.member.1.member.2=b", #"{"L":[["a","b"]]}"#), ("member=x", #"{"member":"x"}"#),
        ("member.1=x", #"{"member":{"1":"x"}}"#), ("entry.1.key=x", #"{"entry":{"1":{"key":"x"}}}"#),
        ("M.entry.1.key=a&M.entry.1.value=b&M.entry.2.key=c&M.entry.2.value=d", #"{"M":{"a":"b","c":"d"}}"#),
        ("M.entry.2.key=c&M.entry.2.value.X=d&M.entry.1.key=a&M.entry.1.value=b", #"{"M":{"a":"b","c":{"X":"d"}}}"#),
        ("M.entry=", #"{"M":{}}"#), ("A.B.C=1&A.D=2", #"{"A":{"B":{"C":"1"},"D":"2"}}"#),
    ])
    func `a form becomes a tree`(_ form: String, _ expected: String) throws {
        #expect(try QueryInput.decode(Array(form.utf8)).text() == expected)
    }

    @Test(arguments: [
        ("A=1&A=1", "parameter `A`: it is given twice"), ("A=1&%41=2", "parameter `A`: it is given twice"),
        ("A=1&A.B=2", "parameter `A`: it has both a value and members"),
        ("A.B=2&A=1", "parameter `A`: it has both a value and members"),
        ("A..B=1", "parameter `A..B`: the name has an empty part"), ("=1", "the name has an empty part"),
        ("A.=1", "parameter `A.`: the name has an empty part"),
        ("L.member.0=a", "parameter `L.member.0`: `0` is no number from 1 on"),
        ("L.member.01=a", "parameter `L.member.01`: `01` is no number from 1 on"),
        ("L.member.%2B1=a", "parameter `L.member.+1`: `+1` is no number from 1 on"),
        ("L.member.x=a", "parameter `L.member.x`: `x` is no number from 1 on"),
        (
            "L.member.99999999999999999999=a",
            "parameter `L.member.99999999999999999999`: `99999999999999999999` is no "
                + "number from 1 on"
        ),
        ("L.member=a", "parameter `L.member`: it needs a number after it"),
        ("L.member.1=a&L.Name=b", "parameter `L`: it has both `member` and other members"),
        ("M.entry.1.key=a&M.entry.1.value=b&M.x=c", "parameter `M`: it has both `entry` and other members"),
        ("M.entry.1.key=a", "parameter `M.entry.1`: it needs a `key` and a `value`"),
        ("M.entry.1=a", "parameter `M.entry.1`: it needs a `key` and a `value`"),
        (
            "M.entry.1.key=a&M.entry.1.value=1&M.entry.2.key=a&M.entry.2.value=2",
            "parameter `M.entry.2.key`: the key `a` is given twice"
        ),
        ("A=%FF", "parameter `A`: the value is not UTF-8"), ("%FF=1", "a parameter's name is not UTF-8"),
        ("A=%C0%80", "parameter `A`: the value is not UTF-8"),
    ])
    func `a form that contradicts itself is refused by name`(_ form: String, _ expected: String) {
        let problem = #expect(throws: QueryProblem.self) { try QueryInput.decode(Array(form.utf8)) }
        #expect(problem?.description == expected)
    }

    @Test func `forms have limits`() throws {
        let deep = (0..<QueryInput.maxDepth).map { "p\($0)" }.joined(separator: ".")
        #expect(throws: Never.self) { try QueryInput.decode(Array("\(deep)=1".utf8)) }
        #expect(throws: QueryProblem.self) { try QueryInput.decode(Array("\(deep).x=1".utf8)) }
        let wide = (1...QueryInput.maxParameters).map { "L.member.\($0)=x" }.joined(separator: "&")
        #expect(try QueryInput.decode(Array(wide.utf8))["L"]?.array?.count == QueryInput.maxParameters)
        #expect(throws: QueryProblem.self) { try QueryInput.decode(Array("\(wide)&A=1".utf8)) }
    }

    @Test(arguments: [21, 22] as [UInt64])
    func `random forms are read or refused`(_ seed: UInt64) {
        var generator = SeededGenerator(seed: seed)
        let pieces = [
            "A", "B", ".", "=", "&", "member", "entry", "key", "value", "1", "2", "%", "%41", "+", "\u{0}", "é",
        ]
        var read = 0
        for _ in 0..<2000 {
            let text = (0..<Int.random(in: 0...20, using: &generator)).map { _ in generator.pick(pieces) }.joined()
            if let value = try? QueryInput.decode(Array(text.utf8)) {
                read += 1
                #expect(value.object != nil, "seed \(seed): \(text)")
            }
        }
        #expect((1..<2000).contains(read))
    }
}
