/// How many cells of a terminal text takes.
///
/// An approximation of Unicode Standard Annex 11: marks take none, wide East Asian characters and emoji two.
package enum TerminalWidth {
    static let tab = 4

    /// The text as shown from column 0: tabs become spaces up to the next stop, control characters a replacement mark.
    package static func shown(_ text: String) -> String {
        var shown = ""
        var column = 0
        for character in text {
            if character == "\t" {
                let spaces = tab - column % tab
                shown += String(repeating: " ", count: spaces)
                column += spaces
            } else {
                let visible: Character = character.unicodeScalars.first?.properties.generalCategory == .control ? "\u{FFFD}" : character
                shown.append(visible)
                column += of(visible)
            }
        }
        return shown
    }

    /// The width of text without tabs.
    package static func of(_ text: String) -> Int { text.reduce(0) { $0 + of($1) } }

    /// The text, with `…` for what goes beyond `width` cells.
    package static func cut(_ text: String, to width: Int) -> String {
        guard of(text) > width else { return text }
        var cut = ""
        var used = 0
        for character in text {
            used += of(character)
            guard used < width else { break }
            cut.append(character)
        }
        return cut + "…"
    }

    static func of(_ character: Character) -> Int {
        guard let first = character.unicodeScalars.first else { return 0 }
        if character.unicodeScalars.contains("\u{FE0F}") { return 2 }
        switch first.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(first.value) ? 2 : 1
        }
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60,
            0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
            true
        default: false
        }
    }
}
