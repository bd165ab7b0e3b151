// SPDX-License-Identifier: Apache-2.0

/// The query line of a canonical request, in every form that signers are known to produce.
enum CanonicalQuery {
    /// The parameter that holds a presigned request's signature, which can't cover itself.
    static let signatureName = "X-Amz-Signature"
    /// The parameter that some services want added after signing.
    static let tokenName = "X-Amz-Security-Token"

    private typealias Pair = (name: [UInt8], value: [UInt8])

    /// The forms, most usual first, none twice.
    ///
    /// AWS decodes and encodes each name and value again and sorts by the encoded name, then the value; botocore
    /// sorts what it finds without touching it. A plus sign means a space, as it does where the values are read. The
    /// session token of a presigned request is covered once, or added after signing, or both.
    /// Source: IAM user guide, "Create a signed AWS API request", canonical query string.
    /// - Parameters:
    ///   - query: The query as on the request line.
    ///   - isPresigned: Whether the signature stands in the query, which it then can't cover.
    /// - Returns: At least one form.
    static func forms(_ query: String, isPresigned: Bool) -> [[UInt8]] {
        if query.isEmpty {
            return [[]]
        }
        let wire = Array(query.utf8)
        let parameters = QueryParameters(wire).parameters
        var pairSets = [parameters.map(encoded)]
        if CanonicalPath.isPrintable(wire) {
            pairSets.append(parameters.map { (Array($0.name), Array($0.value)) })
        }
        var forms: [[UInt8]] = []
        func add(_ form: [UInt8]) {
            if !forms.contains(form) {
                forms.append(form)
            }
        }
        for pairs in pairSets {
            add(line(isPresigned ? without(signatureName, pairs) : pairs))
        }
        if isPresigned {
            for pairs in pairSets {
                let (tokens, others) = partition(without(signatureName, pairs))
                add(line(others + tokens.prefix(1)))
                add(line(others))
            }
        }
        return forms
    }

    /// The form that AWS computes for a request whose signature does not stand in the query.
    static func standard(_ query: String) -> [UInt8] {
        line(QueryParameters(Array(query.utf8)).parameters.map(encoded))
    }

    private static func encoded(_ parameter: QueryParameters.Parameter) -> Pair {
        var pair: Pair = ([], [])
        PercentEncoding.append(parameter.decodedName, to: &pair.name)
        PercentEncoding.append(parameter.decodedValue, to: &pair.value)
        return pair
    }

    private static func without(_ name: String, _ pairs: [Pair]) -> [Pair] {
        pairs.filter { !$0.name.elementsEqual(name.utf8) }
    }

    private static func partition(_ pairs: [Pair]) -> (tokens: [Pair], others: [Pair]) {
        (pairs.filter { $0.name.elementsEqual(tokenName.utf8) }, without(tokenName, pairs))
    }

    private static func line(_ pairs: [Pair]) -> [UInt8] {
        let sorted = pairs.sorted { left, right in
            left.name == right.name
                ? left.value.lexicographicallyPrecedes(right.value)
                : left.name.lexicographicallyPrecedes(right.name)
        }
        var line: [UInt8] = []
        for pair in sorted {
            if !line.isEmpty {
                line.append(UInt8(ascii: "&"))
            }
            line.append(contentsOf: pair.name)
            line.append(UInt8(ascii: "="))
            line.append(contentsOf: pair.value)
        }
        return line
    }
}
