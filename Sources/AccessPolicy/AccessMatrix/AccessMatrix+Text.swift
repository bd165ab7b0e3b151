// SPDX-License-Identifier: Apache-2.0

import CoreValues

extension AccessMatrix {
    /// The matrix as a table for terminals, with numbered notes for what doesn't fit into a cell.
    package var text: String {
        var notes = Notes()
        let header = [""] + Operation.allCases.map(\.heading)
        let lines = rows.map { row in
            [row.subject.text] + row.cells.map { notes.mark($0) }
        }
        let table = [header] + lines
        let widths = header.indices.map { column in table.map { $0[column].count }.max() ?? 0 }
        let printed = table.map { line in
            zip(line, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
                .joined(separator: "  ")
                .trimmingTrailingSpaces
        }
        let legend = "D direct   E one step away   I delegated to IAM   - none   ? readings differ"
        let numbered = notes.texts.enumerated().map { "[\($0 + 1)] \($1)" }
        return (["Access to the key in account \(account), \(region)", ""] + printed + ["", legend] + numbered)
            .joined(separator: "\n") + "\n"
    }

    /// The notes of a table, the same ones once.
    private struct Notes {
        var texts: [String] = []

        mutating func mark(_ cell: Cell) -> String {
            let letter =
                switch cell.grade {
                case .none: "-"
                case .delegated: "I"
                case .effective: "E"
                case .direct: "D"
                }
            let numbers = cell.notes.map { number(of: $0) }
            let marks = numbers.map { "[\($0)]" }.joined()
            return letter + (cell.isAmbiguous ? "?" : "") + marks
        }

        private mutating func number(of text: String) -> Int {
            if let known = texts.firstIndex(of: text) {
                return known + 1
            }
            texts.append(text)
            return texts.count
        }
    }
}

extension AccessMatrix.Operation {
    /// A short column heading.
    fileprivate var heading: String {
        switch self {
        case .encrypt: "Encrypt"
        case .decrypt: "Decrypt"
        case .reEncryptFrom: "ReFrom"
        case .reEncryptTo: "ReTo"
        case .generateDataKey: "GenKey"
        case .createGrant: "Grant"
        case .administration: "Admin"
        case .deletion: "Delete"
        case .policyChange: "Policy"
        }
    }
}

extension AccessMatrix.Cell {
    /// What is to be said beside the grade.
    var notes: [String] {
        var notes: [String] = []
        if let step {
            notes.append(step.text + (condition.map { ", " + $0 } ?? ""))
        } else if let condition {
            notes.append(condition)
        }
        if grade != .none, step == nil, actions.count < operation.actions.count {
            let missing = operation.actions.filter { !actions.contains($0) }
            let isMost = missing.count < actions.count
            let names = (isMost ? missing : actions).map(\.rawValue).joined(separator: ", ")
            notes.append(isMost ? "all but \(names)" : "\(names) only")
        }
        for alternative in alternatives {
            let questions = alternative.questions.map(\.rawValue).joined(separator: "; ")
            let condition = alternative.condition.map { ", " + $0 } ?? ""
            notes.append("\(alternative.grade.rawValue)\(condition), if read otherwise: \(questions)")
        }
        return notes
    }
}

extension String {
    fileprivate var trimmingTrailingSpaces: String {
        var text = self[...]
        while text.last == " " {
            text.removeLast()
        }
        return String(text)
    }
}
