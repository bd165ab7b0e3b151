// SPDX-License-Identifier: Apache-2.0

import Foundation

/// Text for a person, written at once even when the output is a file or a pipe.
enum FileOutput {
    static func standardOutput(_ text: String) {
        FileHandle.standardOutput.write(Data(text.utf8))
    }
}
