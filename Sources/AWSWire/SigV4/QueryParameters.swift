// SPDX-License-Identifier: Apache-2.0

/// The parameters of a URL query or a form body, in their order, with their bytes as sent.
struct QueryParameters {
    /// One `name=value`; a parameter without an equals sign has an empty value.
    struct Parameter {
        let name: ArraySlice<UInt8>
        let value: ArraySlice<UInt8>

        /// The name meant.
        var decodedName: [UInt8] {
            PercentEncoding.decode(name, plusIsSpace: true)
        }

        /// The value meant.
        var decodedValue: [UInt8] {
            PercentEncoding.decode(value, plusIsSpace: true)
        }
    }

    let parameters: [Parameter]

    /// Splits at `&` and each part at its first `=`; empty parts are no parameters.
    init(_ bytes: [UInt8]) {
        parameters = bytes.split(separator: UInt8(ascii: "&"))
            .map { part in
                guard let equals = part.firstIndex(of: UInt8(ascii: "=")) else {
                    return Parameter(name: part, value: part[part.endIndex...])
                }
                return Parameter(name: part[..<equals], value: part[(equals + 1)...])
            }
    }

    /// The values of the parameters with exactly that name.
    func values(of name: String) -> [String] {
        var values: [String] = []
        for parameter in parameters where parameter.decodedName.elementsEqual(name.utf8) {
            values.append(String(decoding: parameter.decodedValue, as: UTF8.self))
        }
        return values
    }
}
