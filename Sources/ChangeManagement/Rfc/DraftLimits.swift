// SPDX-License-Identifier: Apache-2.0

/// How much an RFC may hold.
///
/// AMS publishes none of these limits; the choices are listed in docs/compatibility.md.
package enum DraftLimits {
    /// How many characters a title has at most.
    package static let titleCharacters = 255
    /// How many characters each further text has at most, reasons included.
    package static let textCharacters = 5_000
    /// How many bytes of UTF-8 the execution parameters have at most.
    package static let executionParameterBytes = 65_536
    /// How many e-mail addresses are told about an RFC at most.
    package static let emailRecipients = 20

    /// Checks a text's length, in Unicode scalars.
    /// - Throws: ``RfcError`` `invalidArgument` that names the member, never its content.
    static func check(_ member: String, _ text: String?, atMost limit: Int = textCharacters) throws(RfcError) {
        // A text can't have more scalars than bytes, so that short ones need no counting.
        guard let text, text.utf8.count > limit else { return }
        let count = text.unicodeScalars.count
        guard count > limit else { return }
        throw RfcError(.invalidArgument, "/\(member): has \(count) characters; at most \(limit) are accepted")
    }
}

extension RfcDraft {
    /// Checks what holds whatever the change type is.
    /// - Throws: ``RfcError`` `invalidArgument` that names the member, never its content.
    package func checkLimits() throws(RfcError) {
        guard !title.isEmpty else { throw RfcError(.invalidArgument, "/Title: is empty") }
        try DraftLimits.check("Title", title, atMost: DraftLimits.titleCharacters)
        guard !title.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) else {
            throw RfcError(.invalidArgument, "/Title: contains a line break or another control character")
        }
        try DraftLimits.check("Description", description)
        try DraftLimits.check("ExpectedOutcome", expectedOutcome)
        try DraftLimits.check("ImplementationPlan", implementationPlan)
        try DraftLimits.check("RollbackPlan", rollbackPlan)
        try DraftLimits.check("WorstCaseScenario", worstCaseScenario)
        let size = executionParameters?.utf8.count ?? 0
        guard size <= DraftLimits.executionParameterBytes else {
            throw RfcError(
                .invalidArgument,
                "/ExecutionParameters: has \(size) bytes; at most \(DraftLimits.executionParameterBytes) are accepted"
            )
        }
        guard emailRecipients.count <= DraftLimits.emailRecipients else {
            throw RfcError(
                .invalidArgument,
                "/Notification/Email/EmailRecipients: has \(emailRecipients.count) addresses; at most "
                    + "\(DraftLimits.emailRecipients) are accepted"
            )
        }
    }
}
