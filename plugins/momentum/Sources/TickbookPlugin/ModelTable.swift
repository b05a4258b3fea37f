import CTickbookPlugin

/// A model's row in the plugin's table. Whatever is allocated here lives as long as the library.
func makeTable<Type: Model>(_ type: Type.Type) -> UnsafePointer<tickbook_model> {
    let maker = Unmanaged.passRetained(ModelMaker(type))
    let table = tickbook_model(
        size: MemoryLayout<tickbook_model>.size, name: immortal(Type.name), documentation: immortal(Type.documentation),
        parameters: immortal(Type.parameters), parameter_count: Type.parameters.count, context: UnsafeRawPointer(maker.toOpaque()),
        fit: { model, values, samples, bytes, count, message in
            report(to: message) {
                let numbers = try ModelMaker.of(model!).fit(Samples(samples!), values)
                (bytes!.pointee, count!.pointee) = copied(numbers)
            }
        },
        release: { $0!.deallocate() },
        load: { model, bytes, count, featureCount, fitted, message in
            report(to: message) {
                let model = try ModelMaker.of(model!).load(try numbers(UnsafeRawBufferPointer(start: bytes, count: count)), featureCount)
                fitted!.pointee = Unmanaged.passRetained(FittedModel(model, featureCount: featureCount)).toOpaque()
            }
        },
        predict: { fitted, features, rows, probabilities, message in
            report(to: message) {
                try Unmanaged<FittedModel>.fromOpaque(fitted!).takeUnretainedValue().predict(features!, rows, probabilities!)
            }
        },
        destroy: { Unmanaged<FittedModel>.fromOpaque($0!).release() })
    return UnsafePointer(immortal([table]))
}

private func copied(_ numbers: [Double]) -> (UnsafeMutablePointer<UInt8>, Int) {
    numbers.withUnsafeBytes { bytes in
        let memory = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
        for index in bytes.indices { memory[index] = bytes[index] }
        return (memory, bytes.count)
    }
}

extension Samples {
    /// The rows as the host offers them.
    fileprivate init(_ table: UnsafePointer<tickbook_samples>) {
        let names = (0..<table.pointee.feature_count).map { String(cString: table.pointee.feature_names[$0]!) }
        self.init(
            rowCount: table.pointee.row_count, featureNames: names, isCancelled: { table.pointee.is_cancelled(table) != 0 }
        ) { first, count, features, labels in
            try withUnsafeTemporaryAllocation(of: CChar.self, capacity: Int(TICKBOOK_MESSAGE_BYTES)) { message in
                message.initialize(repeating: 0)
                let columns = features.map { Optional($0) }
                guard table.pointee.read(table, first, count, columns, labels, message.baseAddress) != 0 else { return }
                throw PluginError(String(cString: message.baseAddress!))
            }
        }
    }
}

/// Fits and loads one kind of model, whatever its type.
private final class ModelMaker: Sendable {
    private let parameters: [Parameter]
    private let makeFit: @Sendable (Samples, Arguments) throws -> [Double]
    private let makeLoaded: @Sendable ([Double], Int) throws -> any Model

    init<Type: Model>(_ type: Type.Type) {
        parameters = Type.parameters
        makeFit = { try Type.fit($0, $1).numbers }
        makeLoaded = { try Type(numbers: $0, featureCount: $1) }
    }

    static func of(_ model: UnsafePointer<tickbook_model>) -> ModelMaker {
        Unmanaged<ModelMaker>.fromOpaque(model.pointee.context).takeUnretainedValue()
    }

    func fit(_ samples: Samples, _ values: UnsafePointer<Double>?) throws -> [Double] {
        let numbers = try makeFit(samples, Arguments(parameters, values))
        if numbers.isEmpty { throw PluginError("the fit gave no numbers") }
        return numbers
    }

    func load(_ numbers: [Double], _ featureCount: Int) throws -> any Model { try makeLoaded(numbers, featureCount) }
}

/// What the host calls a fitted model.
private final class FittedModel: Sendable {
    private let model: any Model
    private let featureCount: Int

    init(_ model: any Model, featureCount: Int) {
        self.model = model
        self.featureCount = featureCount
    }

    func predict(_ features: UnsafePointer<UnsafePointer<Double>?>, _ rows: Int, _ probabilities: UnsafeMutablePointer<Double>) throws {
        try model.predict(
            (0..<featureCount).map { UnsafeBufferPointer(start: features[$0], count: rows) },
            into: UnsafeMutableBufferPointer(start: probabilities, count: rows))
    }
}
