import Foundation

/// Numbers and objects as the model commands write them.
enum ModelText {
    static func number(_ value: Double?) -> String { value.map { String(format: "%.4f", $0) } ?? "-" }

    static func json(_ content: some Encodable, pretty: Bool) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        if pretty { encoder.outputFormatting.insert(.prettyPrinted) }
        return String(decoding: try encoder.encode(content), as: UTF8.self)
    }
}
