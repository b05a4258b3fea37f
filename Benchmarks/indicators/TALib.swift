import Foundation

/// TA-Lib's C functions, called on whole series.
final class TALib {
    typealias Input = UnsafePointer<Double>
    typealias Output = UnsafeMutablePointer<Double>
    typealias Count = UnsafeMutablePointer<Int32>

    private let library: UnsafeMutableRawPointer
    private let last: Int32
    /// Memory for the results, which is in use before anything is measured.
    private let outputs: [Output]
    private var first: Int32 = 0
    private var count: Int32 = 0

    init(path: String, rows: Int) throws {
        guard let library = dlopen(path, RTLD_NOW) else { throw BenchmarkFault(reason: String(cString: dlerror())) }
        self.library = library
        last = Int32(rows - 1)
        // At different distances from the boundaries of pages, as our own columns are.
        outputs = (0..<3).map { number in
            let memory = Output.allocate(capacity: rows + 512) + number * 184
            memory.initialize(repeating: 0, count: rows)
            return memory
        }
        let initialize = function("TA_Initialize", as: (@convention(c) () -> Int32).self)
        guard initialize() == 0 else { throw BenchmarkFault(reason: "TA_Initialize failed") }
    }

    private func function<Signature>(_ name: String, as type: Signature.Type) -> Signature {
        guard let symbol = dlsym(library, name) else { fatalError("TA-Lib has no \(name)") }
        return unsafeBitCast(symbol, to: type)
    }

    private func expect(_ code: Int32, _ name: String) { precondition(code == 0, "\(name) failed with \(code)") }

    /// One series and a length.
    func of(_ name: String, _ x: Input, _ length: Int32) {
        let call = function(name, as: (@convention(c) (Int32, Int32, Input, Int32, Count, Count, Output) -> Int32).self)
        expect(call(0, last, x, length, &first, &count, outputs[0]), name)
    }

    /// Two series and a length.
    func of(_ name: String, _ x: Input, _ y: Input, _ length: Int32) {
        let call = function(name, as: (@convention(c) (Int32, Int32, Input, Input, Int32, Count, Count, Output) -> Int32).self)
        expect(call(0, last, x, y, length, &first, &count, outputs[0]), name)
    }

    func of(_ name: String, _ high: Input, _ low: Input, _ close: Input, _ length: Int32) {
        let call = function(name, as: (@convention(c) (Int32, Int32, Input, Input, Input, Int32, Count, Count, Output) -> Int32).self)
        expect(call(0, last, high, low, close, length, &first, &count, outputs[0]), name)
    }

    func standardDeviation(_ x: Input, _ length: Int32) {
        let call = function("TA_STDDEV", as: (@convention(c) (Int32, Int32, Input, Int32, Double, Count, Count, Output) -> Int32).self)
        expect(call(0, last, x, length, 1, &first, &count, outputs[0]), "TA_STDDEV")
    }

    func bands(_ x: Input, _ length: Int32) {
        typealias Signature =
            @convention(c) (
                Int32, Int32, Input, Int32, Double, Double, Int32, Count, Count, Output, Output, Output
            ) -> Int32
        let call = function("TA_BBANDS", as: Signature.self)
        expect(call(0, last, x, length, 2, 2, 0, &first, &count, outputs[0], outputs[1], outputs[2]), "TA_BBANDS")
    }

    func convergence(_ x: Input) {
        typealias Signature = @convention(c) (Int32, Int32, Input, Int32, Int32, Int32, Count, Count, Output, Output, Output) -> Int32
        let call = function("TA_MACD", as: Signature.self)
        expect(call(0, last, x, 12, 26, 9, &first, &count, outputs[0], outputs[1], outputs[2]), "TA_MACD")
    }

    func percentagePriceOscillator(_ x: Input) {
        let call = function(
            "TA_PPO", as: (@convention(c) (Int32, Int32, Input, Int32, Int32, Int32, Count, Count, Output) -> Int32).self)
        expect(call(0, last, x, 12, 26, 1, &first, &count, outputs[0]), "TA_PPO")
    }

    func stochastic(_ high: Input, _ low: Input, _ close: Input) {
        typealias Signature =
            @convention(c) (
                Int32, Int32, Input, Input, Input, Int32, Int32, Int32, Int32, Int32, Count, Count, Output, Output
            ) -> Int32
        let call = function("TA_STOCH", as: Signature.self)
        expect(call(0, last, high, low, close, 14, 3, 0, 3, 0, &first, &count, outputs[0], outputs[1]), "TA_STOCH")
    }

    func stochasticStrength(_ x: Input) {
        typealias Signature =
            @convention(c) (
                Int32, Int32, Input, Int32, Int32, Int32, Int32, Count, Count, Output, Output
            ) -> Int32
        let call = function("TA_STOCHRSI", as: Signature.self)
        expect(call(0, last, x, 14, 14, 3, 0, &first, &count, outputs[0], outputs[1]), "TA_STOCHRSI")
    }

    func balanceVolume(_ close: Input, _ volume: Input) {
        let call = function("TA_OBV", as: (@convention(c) (Int32, Int32, Input, Input, Count, Count, Output) -> Int32).self)
        expect(call(0, last, close, volume, &first, &count, outputs[0]), "TA_OBV")
    }

    func aroon(_ high: Input, _ low: Input, _ length: Int32) {
        let call = function(
            "TA_AROON", as: (@convention(c) (Int32, Int32, Input, Input, Int32, Count, Count, Output, Output) -> Int32).self)
        expect(call(0, last, high, low, length, &first, &count, outputs[0], outputs[1]), "TA_AROON")
    }

    func accumulation(_ high: Input, _ low: Input, _ close: Input, _ volume: Input) {
        typealias Signature = @convention(c) (Int32, Int32, Input, Input, Input, Input, Count, Count, Output) -> Int32
        let call = function("TA_AD", as: Signature.self)
        expect(call(0, last, high, low, close, volume, &first, &count, outputs[0]), "TA_AD")
    }

    func parabolicStop(_ high: Input, _ low: Input) {
        let call = function(
            "TA_SAR", as: (@convention(c) (Int32, Int32, Input, Input, Double, Double, Count, Count, Output) -> Int32).self)
        expect(call(0, last, high, low, 0.02, 0.2, &first, &count, outputs[0]), "TA_SAR")
    }

    func ultimate(_ high: Input, _ low: Input, _ close: Input) {
        typealias Signature =
            @convention(c) (
                Int32, Int32, Input, Input, Input, Int32, Int32, Int32, Count, Count, Output
            ) -> Int32
        let call = function("TA_ULTOSC", as: Signature.self)
        expect(call(0, last, high, low, close, 7, 14, 28, &first, &count, outputs[0]), "TA_ULTOSC")
    }

    func moneyFlow(_ high: Input, _ low: Input, _ close: Input, _ volume: Input, _ length: Int32) {
        typealias Signature = @convention(c) (Int32, Int32, Input, Input, Input, Input, Int32, Count, Count, Output) -> Int32
        let call = function("TA_MFI", as: Signature.self)
        expect(call(0, last, high, low, close, volume, length, &first, &count, outputs[0]), "TA_MFI")
    }
}

struct BenchmarkFault: Error, CustomStringConvertible {
    let reason: String
    var description: String { reason }
}
