import Columnar

/// An engine's message cut down to what an analyst can use.
package enum EngineWords {
    /// The first line, without the engine's name for the kind of error.
    package static func firstLine(_ message: String) -> String {
        let line = message.split(separator: "\n").first.map(String.init) ?? message
        guard let colon = line.firstRange(of: "Error: ") else { return line }
        return String(line[colon.upperBound...])
    }

    /// Why a file could not be read.
    static func ofSource(_ message: String, declared: [Field]) -> String {
        if message.contains("do not exist in the CSV File") {
            let names = message.firstRange(of: "names: ").map { message[$0.upperBound...].prefix { $0 != "\n" } } ?? ""
            return "it has no column" + names.replacing(" do not exist in the CSV File", with: "").replacing("\"", with: " '", maxReplacements: 1)
                .replacing("\"", with: "'")
        }
        if message.contains("not possible to automatically detect the CSV parsing dialect") {
            return "its delimiter, quotes or number of columns could not be made out"
        }
        return firstLine(message)
    }
}
