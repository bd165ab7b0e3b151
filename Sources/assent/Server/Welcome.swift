// SPDX-License-Identifier: Apache-2.0

import FoundationEssentials

/// What a person at the terminal reads once the server answers: the lines to paste next.
struct Welcome {
    let settings: ServerSettings
    let directory: DataDirectory

    func print() {
        let aws = directory.awsURL.path
        let text = """
            Assent is ready at \(settings.endpoint) for account \(settings.identity.account) in \
            \(settings.identity.region). In another shell, paste:

              export AWS_CONFIG_FILE=\(Self.quoted(aws + "/config"))
              export AWS_SHARED_CREDENTIALS_FILE=\(Self.quoted(aws + "/credentials"))
              export AWS_DATA_PATH=\(Self.quoted(aws + "/models"))
              aws amscm list-change-type-version-summaries --filter Attribute=ChangeTypeId,Value=ct-1d84keiri1jhg

            Stop it with Ctrl-C.

            """
        FileOutput.standardOutput(text)
    }

    /// The text as one word of a POSIX shell.
    private static func quoted(_ text: String) -> String {
        let isPlain = text.utf8.allSatisfy { byte in
            switch byte {
            case 45...57, 65...90, 95, 97...122: true
            default: false
            }
        }
        return isPlain ? text : "'" + text.replacing("'", with: "'\\''") + "'"
    }
}
