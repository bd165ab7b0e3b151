// SPDX-License-Identifier: Apache-2.0

import JSONDocument

extension ParameterDeclaration {
    /// Whether the whole text matches `AllowedPattern`.
    func matches(_ text: String, _ pattern: String) throws(TemplateError) -> Bool {
        let compiled: ECMAPattern
        do {
            compiled = try ECMAPattern("^(?:\(pattern))$")
        } catch {
            throw .format("AllowedPattern of parameter \(name) is not a valid regular expression.")
        }
        guard compiled.search(text) != .undecided else {
            throw .format("AllowedPattern of parameter \(name) takes too long to decide; write it more simply.")
        }
        return compiled.search(text) == .found
    }
}
