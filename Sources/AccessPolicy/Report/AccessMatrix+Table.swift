// SPDX-License-Identifier: Apache-2.0

import CoreValues

extension AccessMatrix {
    private static let headings = ["Encr", "Decr", "From", "To", "Data", "Grant", "Admin", "Del", "Pol"]
    private static let cellWidth = 6

    /// The matrix as a table that fits ``TextLayout/width`` columns, with numbered notes below it.
    package var table: String {
        var notes: [[String]] = []
        let nameWidth = TextLayout.width - Self.cellWidth * Self.headings.count
        let head = String(repeating: " ", count: nameWidth) + Self.headings.map(Self.cell).joined()
        var lines = ["Access to the key in account \(account), \(region)", "", head.withoutTrailingSpaces]
        for row in rows {
            let cells = row.cells.map { Self.cell(mark($0, &notes)) }.joined()
            let names = TextLayout.pieces(row.subject.text, width: nameWidth - 2)
            lines.append((TextLayout.padded(names[0], to: nameWidth) + cells).withoutTrailingSpaces)
            lines += names.dropFirst().map { "  " + $0 }
        }
        lines += ["", "D direct   E one step away   I left to IAM   - none   ? readings differ   1… see note"]
        lines += TextLayout.wrap(
            "Encr Encrypt, Decr Decrypt, From ReEncryptFrom, To ReEncryptTo, Data GenerateDataKey*, Grant CreateGrant, "
                + "Admin administration, Del deletion, Pol change of the policy"
        )
        for (number, note) in notes.enumerated() {
            let label = TextLayout.padded("\(number + 1)", to: 4)
            lines += TextLayout.wrap(note.joined(separator: "; "), first: label, rest: "    ")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private static func cell(_ text: String) -> String {
        TextLayout.padded(text, to: cellWidth)
    }

    private func mark(_ cell: Cell, _ notes: inout [[String]]) -> String {
        let mark = cell.grade.letter + (cell.isAmbiguous ? "?" : "")
        let own = cell.notes
        guard !own.isEmpty else { return mark }
        if let known = notes.firstIndex(of: own) {
            return mark + "\(known + 1)"
        }
        notes.append(own)
        return mark + "\(notes.count)"
    }
}

extension AccessMatrix.Grade {
    /// The grade as tables show it.
    var letter: String {
        switch self {
        case .none: "-"
        case .delegated: "I"
        case .effective: "E"
        case .direct: "D"
        }
    }
}

extension String {
    fileprivate var withoutTrailingSpaces: String {
        var text = self[...]
        while text.last == " " {
            text.removeLast()
        }
        return String(text)
    }
}
