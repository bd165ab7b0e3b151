// SPDX-License-Identifier: Apache-2.0

extension ParameterDeclaration {
    /// Whether the whole text matches `AllowedPattern`.
    func matches(_ text: String, _ pattern: String) throws(TemplateError) -> Bool {
        guard let regex = try? Regex(pattern) else {
            throw .format("AllowedPattern of parameter \(name) is not a valid regular expression.")
        }
        return (try? regex.wholeMatch(in: text)) ?? nil != nil
    }
}
