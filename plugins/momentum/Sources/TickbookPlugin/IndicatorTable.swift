import CTickbookPlugin

/// An indicator's row in the plugin's table. Whatever is allocated here lives as long as the library.
func makeTable<Type: Indicator>(_ type: Type.Type) -> UnsafePointer<tickbook_indicator> {
    let factory = Unmanaged.passRetained(Factory(type))
    let table = tickbook_indicator(
        size: MemoryLayout<tickbook_indicator>.size, name: immortal(Type.name), documentation: immortal(Type.documentation),
        inputs: immortal(Type.inputs), input_count: Type.inputs.count, parameters: immortal(Type.parameters),
        parameter_count: Type.parameters.count, outputs: immortal(Type.outputs), output_count: Type.outputs.count,
        context: UnsafeRawPointer(factory.toOpaque()),
        window: { indicator, values, window, message in
            report(to: message) {
                switch try Factory.of(indicator!).makeFold(values).window {
                case .finite(let back, let ahead):
                    window!.pointee = tickbook_window(is_recursive: 0, look_back: Int64(back), look_ahead: Int64(ahead))
                case .recursive: window!.pointee = tickbook_window(is_recursive: 1, look_back: 0, look_ahead: 0)
                }
            }
        },
        create: { indicator, values, state, message in
            report(to: message) { state!.pointee = Unmanaged.passRetained(try Factory.of(indicator!).makeRun(values)).toOpaque() }
        },
        update: { state, inputs, count, outputs, message in
            report(to: message) { try Run.of(state!).update(inputs, count, outputs) }
        },
        saved_size: { Run.of($0!).saved.count * MemoryLayout<Double>.size },
        save: { state, bytes in
            let numbers = Run.of(state!).saved
            numbers.withUnsafeBytes { UnsafeMutableRawPointer(bytes!).copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
        },
        restore: { state, bytes, count, message in
            report(to: message) { try Run.of(state!).restore(UnsafeRawBufferPointer(start: bytes, count: count)) }
        },
        destroy: { Unmanaged<Run>.fromOpaque($0!).release() })
    return UnsafePointer(immortal([table]))
}

/// An indicator with its state, whatever their types.
private protocol Fold {
    var window: Window { get }
    var saved: [Double] { get }
    mutating func update(_ rows: Rows) throws
    mutating func restore(_ numbers: [Double]) throws
}

private struct RunningFold<Type: Indicator>: Fold {
    let indicator: Type
    var state: Type.State

    init(indicator: Type) {
        self.indicator = indicator
        state = indicator.start
    }

    var window: Window { indicator.window }
    var saved: [Double] { indicator.save(state) }
    mutating func update(_ rows: Rows) throws { try indicator.update(&state, rows) }
    mutating func restore(_ numbers: [Double]) throws { state = try indicator.restore(numbers) }
}

/// Makes the folds of one indicator.
private final class Factory: Sendable {
    private let parameters: [Parameter]
    private let inputCount: Int
    private let outputCount: Int
    private let make: @Sendable (Arguments) throws -> any Fold

    init<Type: Indicator>(_ type: Type.Type) {
        parameters = Type.parameters
        inputCount = Type.inputs.count
        outputCount = max(1, Type.outputs.count)
        make = { try RunningFold(indicator: Type($0)) }
    }

    static func of(_ indicator: UnsafePointer<tickbook_indicator>) -> Factory {
        Unmanaged<Factory>.fromOpaque(indicator.pointee.context).takeUnretainedValue()
    }

    func makeFold(_ values: UnsafePointer<Double>?) throws -> any Fold {
        try make(Arguments(parameters, values))
    }

    func makeRun(_ values: UnsafePointer<Double>?) throws -> Run {
        Run(try makeFold(values), inputCount: inputCount, outputCount: outputCount)
    }
}

/// What the host calls a state.
private final class Run {
    private var fold: any Fold
    private let inputCount: Int
    private let outputCount: Int

    init(_ fold: any Fold, inputCount: Int, outputCount: Int) {
        self.fold = fold
        self.inputCount = inputCount
        self.outputCount = outputCount
    }

    static func of(_ state: UnsafeRawPointer) -> Run { Unmanaged<Run>.fromOpaque(state).takeUnretainedValue() }

    var saved: [Double] { fold.saved }

    func update(
        _ inputs: UnsafePointer<UnsafePointer<Double>?>?, _ count: Int, _ outputs: UnsafePointer<UnsafeMutablePointer<Double>?>?
    ) throws {
        try fold.update(
            Rows(
                count: count, inputs: (0..<inputCount).map { UnsafeBufferPointer(start: inputs![$0], count: count) },
                outputs: (0..<outputCount).map { UnsafeMutableBufferPointer(start: outputs![$0], count: count) }))
    }

    func restore(_ bytes: UnsafeRawBufferPointer) throws {
        try fold.restore(try numbers(bytes))
    }
}
