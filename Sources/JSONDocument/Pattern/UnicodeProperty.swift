// SPDX-License-Identifier: Apache-2.0

/// A Unicode property that `\p{…}` can name: general categories and some binary properties.
enum UnicodeProperty: Sendable {
    case any
    case ascii
    case categories(UInt32)
    case binary(Binary)

    /// The binary properties that the standard library answers.
    enum Binary: String, Sendable, CaseIterable {
        case alphabetic = "Alphabetic"
        case lowercase = "Lowercase"
        case uppercase = "Uppercase"
        case whiteSpace = "White_Space"
        case emoji = "Emoji"
        case ideographic = "Ideographic"
        case idStart = "ID_Start"
        case idContinue = "ID_Continue"
        case hexDigit = "Hex_Digit"
    }

    /// Finds a property by the text between the braces, such as `L`, `Letter` or `General_Category=Lu`.
    init?(named name: String) {
        var name = name
        for prefix in ["General_Category=", "gc="] where name.hasPrefix(prefix) {
            name.removeFirst(prefix.count)
        }
        if let mask = Self.categoryMasks[name] {
            self = .categories(mask)
        } else if let binary = Binary(rawValue: name) ?? Self.binaryAliases[name] {
            self = .binary(binary)
        } else {
            switch name {
            case "Any": self = .any
            case "ASCII": self = .ascii
            default: return nil
            }
        }
    }

    func contains(_ scalar: UInt32) -> Bool {
        guard let scalar = Unicode.Scalar(scalar) else { return false }
        switch self {
        case .any: return true
        case .ascii: return scalar.isASCII
        case .categories(let mask): return mask >> UInt32(Self.number(scalar.properties.generalCategory)) & 1 == 1
        case .binary(let binary): return Self.contains(scalar, binary)
        }
    }

    private static func contains(_ scalar: Unicode.Scalar, _ binary: Binary) -> Bool {
        switch binary {
        case .alphabetic: scalar.properties.isAlphabetic
        case .lowercase: scalar.properties.isLowercase
        case .uppercase: scalar.properties.isUppercase
        case .whiteSpace: scalar.properties.isWhitespace
        case .emoji: scalar.properties.isEmoji
        case .ideographic: scalar.properties.isIdeographic
        case .idStart: scalar.properties.isIDStart
        case .idContinue: scalar.properties.isIDContinue
        case .hexDigit: scalar.properties.isHexDigit
        }
    }

    private static let binaryAliases: [String: Binary] = [
        "Alpha": .alphabetic, "Lower": .lowercase, "Upper": .uppercase, "space": .whiteSpace, "Ideo": .ideographic,
        "IDS": .idStart, "IDC": .idContinue, "Hex": .hexDigit,
    ]

    // MARK: General categories

    /// The categories in the order of their bits, with the long names and other aliases that ECMA-262 lists.
    private static let categories: [(short: String, names: [String])] = [
        ("Lu", ["Uppercase_Letter"]), ("Ll", ["Lowercase_Letter"]), ("Lt", ["Titlecase_Letter"]),
        ("Lm", ["Modifier_Letter"]), ("Lo", ["Other_Letter"]),
        ("Mn", ["Nonspacing_Mark"]), ("Mc", ["Spacing_Mark"]), ("Me", ["Enclosing_Mark"]),
        ("Nd", ["Decimal_Number", "digit"]), ("Nl", ["Letter_Number"]), ("No", ["Other_Number"]),
        ("Pc", ["Connector_Punctuation"]), ("Pd", ["Dash_Punctuation"]), ("Ps", ["Open_Punctuation"]),
        ("Pe", ["Close_Punctuation"]), ("Pi", ["Initial_Punctuation"]), ("Pf", ["Final_Punctuation"]),
        ("Po", ["Other_Punctuation"]),
        ("Sm", ["Math_Symbol"]), ("Sc", ["Currency_Symbol"]), ("Sk", ["Modifier_Symbol"]), ("So", ["Other_Symbol"]),
        ("Zs", ["Space_Separator"]), ("Zl", ["Line_Separator"]), ("Zp", ["Paragraph_Separator"]),
        ("Cc", ["Control", "cntrl"]), ("Cf", ["Format"]), ("Cs", ["Surrogate"]), ("Co", ["Private_Use"]),
        ("Cn", ["Unassigned"]),
    ]

    private static let groups: [(prefix: String, names: [String])] = [
        ("L", ["L", "Letter"]), ("M", ["M", "Mark", "Combining_Mark"]), ("N", ["N", "Number"]),
        ("P", ["P", "Punctuation", "punct"]), ("S", ["S", "Symbol"]), ("Z", ["Z", "Separator"]),
        ("C", ["C", "Other"]),
    ]

    private static let categoryMasks: [String: UInt32] = {
        var masks: [String: UInt32] = [:]
        for (bit, category) in categories.enumerated() {
            for name in [category.short] + category.names {
                masks[name] = 1 << UInt32(bit)
            }
            for group in groups where category.short.hasPrefix(group.prefix) {
                for name in group.names {
                    masks[name, default: 0] |= 1 << UInt32(bit)
                }
            }
        }
        for name in ["LC", "Cased_Letter"] {
            masks[name] = 0b111
        }
        return masks
    }()

    private static func number(_ category: Unicode.GeneralCategory) -> Int {
        switch category {
        case .uppercaseLetter: 0
        case .lowercaseLetter: 1
        case .titlecaseLetter: 2
        case .modifierLetter: 3
        case .otherLetter: 4
        case .nonspacingMark: 5
        case .spacingMark: 6
        case .enclosingMark: 7
        case .decimalNumber: 8
        case .letterNumber: 9
        case .otherNumber: 10
        case .connectorPunctuation: 11
        case .dashPunctuation: 12
        case .openPunctuation: 13
        case .closePunctuation: 14
        case .initialPunctuation: 15
        case .finalPunctuation: 16
        case .otherPunctuation: 17
        case .mathSymbol: 18
        case .currencySymbol: 19
        case .modifierSymbol: 20
        case .otherSymbol: 21
        case .spaceSeparator: 22
        case .lineSeparator: 23
        case .paragraphSeparator: 24
        case .control: 25
        case .format: 26
        case .surrogate: 27
        case .privateUse: 28
        case .unassigned: 29
        @unknown default: 29
        }
    }
}
