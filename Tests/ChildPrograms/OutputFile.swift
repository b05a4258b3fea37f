package import Foundation

/// A file that goes with its owner. What a program prints goes there, so that no pipe can fill up.
package final class OutputFile {
    package let path: String

    package init(holding data: Data = Data()) throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("tickbook-output-\(UUID().uuidString)").path
        try data.write(to: URL(fileURLWithPath: path))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package var text: String { get throws { String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self) } }
}
