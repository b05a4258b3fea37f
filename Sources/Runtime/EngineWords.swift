import Columnar
import Foundation

/// An engine's message cut down to what an analyst can use.
package enum EngineWords {
    /// The first line, without the engine's name for the kind of error.
    package static func firstLine(_ message: String) -> String {
        let line = message.split(separator: "\n").first.map(String.init) ?? message
        guard let colon = line.firstRange(of: "Error: ") else { return line }
        return String(line[colon.upperBound...])
    }

    static let sourceRemedy = "name what differs: csv(…, delimiter = \";\", header = false, date_format = \"%d/%m/%Y\")"

    /// Why a file could not be read.
    static func ofSource(_ message: String, declared: [Field]) -> String {
        if message.contains("do not exist in the CSV File") {
            let names = message.firstRange(of: "names: ").map { message[$0.upperBound...].prefix { $0 != "\n" } } ?? ""
            return "it has no column"
                + names.replacing(" do not exist in the CSV File", with: "").replacing("\"", with: " '", maxReplacements: 1)
                .replacing("\"", with: "'")
        }
        if mayMeanLineEnds(message) { return "its delimiter, quotes or number of columns could not be made out" }
        return firstLine(message)
    }

    static func mayMeanLineEnds(_ message: String) -> Bool {
        message.contains("not possible to automatically detect the CSV parsing dialect")
    }

    /// Why a line of a CSV file does not fit, from the engine's messages about it, joined by `; `.
    static func ofLine(_ messages: String) -> String {
        let reasons = messages.components(separatedBy: "; ")
        if let counts = columnCounts(reasons) { return counts }
        return reasons.map { wrongValue($0) ?? firstLine($0) }.joined(separator: "; ")
    }

    /// `Expected Number of Columns: 7 Found: 5`, once for each column that is missing or too many.
    private static func columnCounts(_ reasons: [String]) -> String? {
        let pattern = /Expected Number of Columns: (\d+) Found: (\d+)/
        let counts = reasons.compactMap { reason in
            reason.firstMatch(of: pattern).flatMap { match in Int(match.1).flatMap { expected in Int(match.2).map { (expected, $0) } } }
        }
        guard let expected = counts.first?.0 else { return nil }
        let found = counts.map(\.1)
        let number = found.min()! < expected ? found.min()! : found.max()!
        return "\(number) column\(number == 1 ? "" : "s") where \(expected) are expected"
    }

    /// `Error when converting column "High". Could not convert string "abc" to 'DOUBLE'`.
    private static func wrongValue(_ reason: String) -> String? {
        guard
            let match = reason.firstMatch(
                of: /Error when converting column "(.+?)"\. Could not convert string "(.*)" to '(\w+)/.dotMatchesNewlines())
        else { return nil }
        let kinds = [
            "BIGINT": "a whole number", "DOUBLE": "a number", "DATE": "a date of the form expected",
            "TIMESTAMP": "a time of the form expected",
        ]
        return "\(match.1): '\(match.2)' is not \(kinds[String(match.3)] ?? "of type \(match.3)")"
    }
}
