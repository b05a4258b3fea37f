import CPluginABI

/// The rows that a plugin's model is fitted to.
package protocol ModelSamples: AnyObject {
    var rowCount: Int { get }
    var featureNames: [String] { get }
    /// Copies rows to `features[feature][row]` and `labels[row]`.
    func read(_ rows: Range<Int>, features: [UnsafeMutablePointer<Double>], labels: UnsafeMutablePointer<Double>) throws
    /// Throws when the fit is no longer wanted.
    func checkCancellation() throws
}

/// Samples as a plugin sees them, and what went wrong when it read them.
final class SampleReading {
    private let samples: any ModelSamples
    private(set) var fault: (any Error)?

    init(_ samples: any ModelSamples) { self.samples = samples }

    /// The table is valid only within `body`.
    func withTable<Result>(_ body: (UnsafePointer<tickbook_samples>) -> Result) -> Result {
        let texts = samples.featureNames.map { name in
            let text = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
            text.initialize(from: name.utf8.map { CChar(bitPattern: $0) } + [0], count: name.utf8.count + 1)
            return text
        }
        defer { texts.forEach { $0.deallocate() } }
        return texts.map { Optional(UnsafePointer($0)) }.withUnsafeBufferPointer { names in
            var table = tickbook_samples(
                size: MemoryLayout<tickbook_samples>.size, row_count: samples.rowCount, feature_count: texts.count,
                feature_names: names.baseAddress, context: Unmanaged.passUnretained(self).toOpaque(),
                read: { table, first, rows, features, labels, message in
                    SampleReading.of(table).read(first, rows, features, labels, message)
                },
                is_cancelled: { SampleReading.of($0).isCancelled ? 1 : 0 })
            return withUnsafePointer(to: &table, body)
        }
    }

    private static func of(_ table: UnsafePointer<tickbook_samples>?) -> SampleReading {
        Unmanaged<SampleReading>.fromOpaque(table!.pointee.context!).takeUnretainedValue()
    }

    private func read(
        _ first: Int, _ rows: Int, _ features: UnsafePointer<UnsafeMutablePointer<Double>?>?, _ labels: UnsafeMutablePointer<Double>?,
        _ message: UnsafeMutablePointer<CChar>?
    ) -> Int32 {
        guard first <= samples.rowCount, rows <= samples.rowCount - first, let labels, let features else {
            NativeMessage.write("rows \(first) to \(first + rows) of \(samples.rowCount) were asked for", to: message)
            return 1
        }
        do {
            try samples.checkCancellation()
            let columns = samples.featureNames.indices.map { features[$0]! }
            try samples.read(first..<first + rows, features: columns, labels: labels)
            return 0
        } catch {
            return fail(error, message)
        }
    }

    private var isCancelled: Bool {
        do {
            try samples.checkCancellation()
            return fault != nil
        } catch {
            fault = fault ?? error
            return true
        }
    }

    private func fail(_ error: any Error, _ message: UnsafeMutablePointer<CChar>?) -> Int32 {
        fault = fault ?? error
        NativeMessage.write("\(error)", to: message)
        return 1
    }
}
