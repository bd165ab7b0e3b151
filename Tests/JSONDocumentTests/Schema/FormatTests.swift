// SPDX-License-Identifier: Apache-2.0

import Testing

@Suite("Formats")
struct FormatTests {
    @Test(arguments: formats) func `formats follow their specifications`(_ example: SchemaCase) throws {
        try example.check()
    }

    private static func format(_ name: String, accepted: [String], refused: [String]) -> SchemaCase {
        SchemaCase(
            name,
            #"{"format": "\#(name)"}"#,
            fits: accepted.map { "\"\($0)\"" } + ["1", "null", "[]", "{}", "true"],
            fails: refused.map { "\"\($0)\"" }
        )
    }

    static let formats: [SchemaCase] = [
        format(
            "date-time",
            accepted: [
                "1963-06-19T08:30:06.283185Z", "1963-06-19T08:30:06Z", "1937-01-01T12:00:27.87+00:20",
                "1990-12-31T15:59:50.123-08:00", "1998-12-31T23:59:60Z", "1998-12-31T15:59:60.123-08:00",
                "1963-06-19t08:30:06.28z", "2000-02-29T00:00:00Z", "0000-01-01T00:00:00Z", "2020-01-01T00:00:00-00:00",
            ],
            refused: [
                "", "1990-02-31T15:59:59.123-08:00", "1990-12-31T15:59:59-24:00", "1998-12-31T23:58:60Z",
                "1998-12-31T22:59:60Z", "1990-12-31T15:59:61Z", "1963-06-19T08:30:06.28123+01:00Z",
                "06/19/1963 08:30:06 PST", "2013-350T01:01:01", "1963-6-19T08:30:06Z", "1963-06-19T08:30:06",
                "1963-06-19 08:30:06Z", "1900-02-29T00:00:00Z", "2001-02-29T00:00:00Z", "2020-00-01T00:00:00Z",
                "2020-13-01T00:00:00Z", "2020-01-00T00:00:00Z", "2020-01-01T24:00:00Z", "2020-01-01T00:60:00Z",
                "2020-01-01T00:00:00.Z", "2020-01-01T00:00:00+0100", "2020-01-01T00:00:00Z ", "२020-01-01T00:00:00Z",
                "20191025T232624Z", "2020-01-01", "2020-01-01T00:00Z",
            ]
        ),
        format(
            "email",
            accepted: [
                "joe.bloggs@example.com", "te~st@example.com", "~test@example.com", "te.s.t@example.com", "a@b",
                #"\"joe bloggs\"@example.com"#, #"\"joe..bloggs\"@example.com"#, #"\"joe@bloggs\"@example.com"#,
                #"\"a\\\"b\"@example.com"#, "joe@[127.0.0.1]", "joe@[IPv6:::1]", "joe@[ipv6:2001:db8::1]",
                "o'brien+tag@example.co.uk", "!#$%&'*+-/=?^_`{|}~@example.com", "a@123.example",
            ],
            refused: [
                "", "2962", "@example.com", "joe@", ".test@example.com", "test.@example.com", "te..st@example.com",
                "joe bloggs@example.com", "joe@invalid=domain.com", "joe@[127.0.0.300]", "joe@[::1]", "joe@-a.com",
                "joe@a-.com", "joe@a..com", "joe@a.com.", "a@b@c.org", "é@example.com", "a@é.org", "a@b.c\\n",
                "user1@oceania.org, user2@oceania.org", #"\"Winston\" <w@example.com>"#, #"\"a\"b\"@example.com"#,
                #"\"test@example.com"#, #"\"\\é\"@example.com"#, "joe@[1.2.3.4", "joe@[]", "a(c)@example.com",
            ]
        ),
        format(
            "hostname",
            accepted: [
                "www.example.com", "xn--4gbwdl.xn--wgbh1c", "hostname", "host-name", "h0stn4me", "1host", "ab--cd.x",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijk.com", "A.B", "127.0.0.1",
            ],
            refused: [
                "", ".", "-a", "a-", "a_b", "not_valid", "a..b", ".a", "a.", "a b", "example．com", "a.com\\n", "é.com",
                "abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijkl.com", "a.-b.c", "\u{212A}.com",
                String(repeating: "abcdefgh.", count: 28) + "abc",
            ]
        ),
        format(
            "ipv4",
            accepted: ["192.168.0.1", "0.0.0.0", "255.255.255.255", "87.10.0.1"],
            refused: [
                "", "127.0.0.0.1", "256.0.0.1", "127.0", "0x7f.0.0.1", "2130706433", "087.10.0.1", "1.2.3.4/8",
                "1.2.3.",
                "1.2.3.4 ", " 1.2.3.4", "1.2..4", "1২7.0.0.1", "-1.2.3.4", "1.2.3.4\\n", "1.2.3.0001",
            ]
        ),
        format(
            "ipv6",
            accepted: [
                "::1", "::", "1::", "1:2:3:4:5:6:7:8", "2001:DB8::a", "::ffff:192.168.0.1", "1:2:3:4:5:6:1.2.3.4",
                "1::d6:192.168.0.1", "1:2:3:4:5:6:7::", "::42:ff:1", "::abef", "64:ff9b::1.2.3.4",
            ],
            refused: [
                "", "12345::", "1:1:1:1:1:1:1:1:1", "::laptop", "1:2:3:4:5:::8", ":2:3:4:5:6:7:8", "1:2:3:4:5:6:7:",
                "1",
                "1::d6::42", "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:2:3:4:1.2.3", "::1.2.3.400", "1.2.3.4::",
                "1:2:3:4:5:6:7", "127.0.0.1", "fe80::a%eth1", " ::1", "::1 ", "::1/64", ":::", "1:2:3:4:5:6:7:1.2.3.4",
                "0:0:0:0:0:0:1.2.3.4:0", "::00001", "1:1::৪",
            ]
        ),
        format(
            "uri",
            accepted: [
                "http://foo.bar/?baz=qux#quux", "http://foo.com/blah_(wikipedia)_blah#cite-1", "a:",
                "urn:isbn:045145052",
                "http://foo.bar/?q=Test%20URL-encoded%20stuff", "http://xn--nw2a.xn--j6w193g/", "tel:+1-816-555-1212",
                "http://-.~_!$&'()*+,;=:%40:80%2f::::::@example.com", "http://223.255.255.254", "mailto:a@b.com",
                "ftp://ftp.is.co.za/rfc/rfc1808.txt", "ldap://[2001:db8::7]/c=GB?objectClass?one", "http://[v1.x:y]/",
                "file:///etc/hosts", "http://a:80/", "http://a:/", "x+y-1.z:q?/?#/?",
            ],
            refused: [
                "", "//foo.bar/?baz=qux#quux", "/abs/ref", "foo", ":foo", "http:// shouldfail.com", "1a:b", "bar,baz:x",
                #"\\\\WINDOWS\\fileshare"#, "http://a b", "http://a/<>", "http://a/{b}", "http://a/%", "http://a/%zz",
                "http://a/^", "http://a/`", "http://a/|", "http://a#b#c", "http://é.com/", "http://[::1", "http://[a]/",
                "http://a:b/", "http://[::1]x/", #"http://a/\"b"#, "http://a@b@c/", "http://a/[b]", "http://[v.x]/",
            ]
        ),
        format("regex", accepted: ["", "^a+$", "(?<=a)b", "[a-z]{2,3}"], refused: ["(", "a**", #"\\Z"#, "[b-a]"]),
    ]
}
