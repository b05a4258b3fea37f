public import CTickbookPlugin

/// The table that a plugin's entry point returns: made once, and kept as long as the library.
public func makePlugin(
    name: String, version: String, indicators: [any Indicator.Type] = [], models: [any Model.Type] = []
) -> UnsafePointer<tickbook_plugin> {
    let indicatorTables = indicators.map { Optional(makeTable($0)) }
    let modelTables = models.map { Optional(makeTable($0)) }
    let plugin = tickbook_plugin(
        size: MemoryLayout<tickbook_plugin>.size, abi_version: UInt32(TICKBOOK_ABI_VERSION), name: immortal(name),
        version: immortal(version), indicators: UnsafePointer(immortal(indicatorTables)), indicator_count: indicatorTables.count,
        models: UnsafePointer(immortal(modelTables)), model_count: modelTables.count)
    return UnsafePointer(immortal([plugin]))
}

/// Runs `body`; what it throws becomes the message.
func report(to message: UnsafeMutablePointer<CChar>?, _ body: () throws -> Void) -> Int32 {
    do {
        try body()
        return 0
    } catch {
        let room = Int(TICKBOOK_MESSAGE_BYTES) - 1
        var text = "\(error)"
        while text.utf8.count > room { text.removeLast() }
        for (index, byte) in text.utf8.enumerated() { message![index] = CChar(bitPattern: byte) }
        message![text.utf8.count] = 0
        return 1
    }
}

/// Numbers that were saved as bytes.
func numbers(_ bytes: UnsafeRawBufferPointer) throws -> [Double] {
    let width = MemoryLayout<Double>.size
    guard bytes.count.isMultiple(of: width) else { throw PluginError("\(bytes.count) bytes are not what was saved") }
    return stride(from: 0, to: bytes.count, by: width).map { bytes.loadUnaligned(fromByteOffset: $0, as: Double.self) }
}

extension Arguments {
    init(_ parameters: [Parameter], _ values: UnsafePointer<Double>?) {
        self.init(Dictionary(uniqueKeysWithValues: parameters.enumerated().map { ($1.name, values![$0]) }))
    }
}

func immortal<Element>(_ elements: [Element]) -> UnsafeMutablePointer<Element> {
    let memory = UnsafeMutablePointer<Element>.allocate(capacity: max(1, elements.count))
    memory.initialize(from: elements, count: elements.count)
    return memory
}

func immortal(_ text: String) -> UnsafePointer<CChar> {
    UnsafePointer(immortal(text.utf8.map { CChar(bitPattern: $0) } + [0]))
}

func immortal(_ names: [String]) -> UnsafePointer<UnsafePointer<CChar>?> {
    UnsafePointer(immortal(names.map { Optional(immortal($0)) }))
}

func immortal(_ parameters: [Parameter]) -> UnsafePointer<tickbook_parameter> {
    UnsafePointer(
        immortal(
            parameters.map {
                tickbook_parameter(
                    size: MemoryLayout<tickbook_parameter>.size, name: immortal($0.name), type: $0.kind.rawValue, is_required: 0,
                    default_value: $0.standard, minimum: $0.minimum, maximum: $0.maximum)
            }))
}
