import CPluginABI
import Columnar
import Indicators

/// A plugin's indicator as a kernel. Nulls go to the plugin as NaN and come from it as anything not finite.
final class NativeKernel: SeriesKernel {
    private let indicator: NativeIndicator
    private let parameters: [Double]
    private var state: UnsafeMutableRawPointer
    /// A row of NaN-filled copies per series, used where a series has nulls.
    private var copies: [[Double]]
    private var valid: [UInt8] = []

    init(_ indicator: NativeIndicator, parameters: [Double]) throws(SeriesFault) {
        self.indicator = indicator
        self.parameters = parameters
        copies = Array(repeating: [], count: indicator.inputCount)
        state = try Self.create(indicator, parameters)
    }

    deinit { PluginCall.run { indicator.table.pointee.destroy(state) } }

    func update(_ inputs: [Column], _ range: Range<Int>, into outputs: [SeriesOutput]) throws {
        for index in copies.indices { copy(inputs[index], range, to: index) }
        let code = withExtendedLifetime(inputs) {
            withPointers(inputs, range) { series in
                var results = outputs.map { Optional($0.position(as: Double.self)) }
                return call { indicator.table.pointee.update(state, series, range.count, &results, $0) }
            }
        }
        if let message = code { throw indicator.failure(message) }
        for output in outputs { append(range.count, to: output) }
    }

    func save() -> [UInt8] {
        let size = PluginCall.run { indicator.table.pointee.saved_size(state) }
        guard size > 0 else { return [] }
        return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            buffer.initialize(repeating: 0)
            PluginCall.run { indicator.table.pointee.save(state, buffer.baseAddress!) }
            count = size
        }
    }

    func restore(_ bytes: [UInt8]) throws {
        let message = bytes.withUnsafeBufferPointer { bytes in
            call { indicator.table.pointee.restore(state, bytes.baseAddress, bytes.count, $0) }
        }
        if message != nil { throw SeriesFault.damagedState }
    }

    func reset() {
        // A state was made with these parameters before, so only memory can be short.
        guard let fresh = try? Self.create(indicator, parameters) else { fatalError("\(indicator.name): no memory for a new state") }
        PluginCall.run { indicator.table.pointee.destroy(state) }
        state = fresh
    }

    private static func create(_ indicator: NativeIndicator, _ parameters: [Double]) throws(SeriesFault) -> UnsafeMutableRawPointer {
        var state: UnsafeMutableRawPointer?
        var code: Int32 = 0
        let message = NativeMessage.collecting { code = indicator.table.pointee.create(indicator.table, parameters, &state, $0) }
        guard code == 0, let state else { throw indicator.failure(message) }
        return state
    }

    /// Nil when the call succeeded, else what the plugin says.
    private func call(_ body: (UnsafeMutablePointer<CChar>) -> Int32) -> String? {
        var code: Int32 = 0
        let message = NativeMessage.collecting { code = body($0) }
        return code == 0 ? nil : message
    }

    private func copy(_ column: Column, _ range: Range<Int>, to index: Int) {
        copies[index].removeAll(keepingCapacity: true)
        guard column.validity != nil, column.slice(range).nullCount > 0 else { return }
        withExtendedLifetime(column) {
            let values = column.doubles
            for row in range { copies[index].append(column.isNull(row) ? .nan : values[row]) }
        }
    }

    private func withPointers<Result>(
        _ inputs: [Column], _ range: Range<Int>, _ body: ([UnsafePointer<Double>?]) -> Result
    ) -> Result {
        var pointers: [UnsafePointer<Double>?] = []
        func next(_ index: Int) -> Result {
            guard index < inputs.count else { return body(pointers) }
            guard copies[index].isEmpty else {
                return copies[index].withUnsafeBufferPointer { buffer in
                    pointers.append(buffer.baseAddress)
                    return next(index + 1)
                }
            }
            pointers.append(inputs[index].doubles.baseAddress.map { $0 + range.lowerBound })
            return next(index + 1)
        }
        return next(0)
    }

    private func append(_ rows: Int, to output: SeriesOutput) {
        let target = output.position(as: Double.self)
        guard (0..<rows).contains(where: { !target[$0].isFinite }) else { return output.advance(rows) }
        valid.removeAll(keepingCapacity: true)
        for row in 0..<rows {
            valid.append(target[row].isFinite ? 1 : 0)
            if !target[row].isFinite { target[row] = 0 }
        }
        output.advance(rows, valid: valid)
    }
}
