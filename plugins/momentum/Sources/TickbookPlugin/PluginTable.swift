public import CTickbookPlugin

/// The table that a plugin's entry point returns: made once, and kept as long as the library.
public func makePlugin(name: String, version: String, indicators: [any Indicator.Type]) -> UnsafePointer<tickbook_plugin> {
    let tables = indicators.map { Optional(makeTable($0)) }
    let plugin = tickbook_plugin(
        size: MemoryLayout<tickbook_plugin>.size, abi_version: UInt32(TICKBOOK_ABI_VERSION), name: immortal(name),
        version: immortal(version), indicators: UnsafePointer(immortal(tables)), indicator_count: tables.count,
        models: nil, model_count: 0)
    return UnsafePointer(immortal([plugin]))
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
