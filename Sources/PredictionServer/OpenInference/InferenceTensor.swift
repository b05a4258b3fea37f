import Columnar

/// One input of a request.
struct InferenceTensor {
    enum ElementType: String {
        case bool = "BOOL"
        case int8 = "INT8"
        case int16 = "INT16"
        case int32 = "INT32"
        case int64 = "INT64"
        case uint8 = "UINT8"
        case uint16 = "UINT16"
        case uint32 = "UINT32"
        case uint64 = "UINT64"
        case fp32 = "FP32"
        case fp64 = "FP64"
    }

    let name: String
    let type: ElementType
    let values: [Double]

    /// Takes the tensor's bytes from the beginning of `binary` where they are not in the JSON.
    init(_ element: JSONElement, binary: inout UnsafeRawBufferPointer) throws(RequestFault) {
        guard let name = element["name"]?.string else { throw InferenceRequest.wrong("an input lacks its 'name'") }
        guard let type = element["datatype"]?.string.flatMap(ElementType.init) else {
            throw InferenceRequest.wrong("input '\(name)' has no datatype that is a number or BOOL")
        }
        guard let shape = element["shape"]?.array?.map(\.int), let first = shape.first, let count = first, count >= 0,
            shape.count == 1 || shape.count == 2 && shape[1] == 1
        else { throw InferenceRequest.wrong("input '\(name)' has another shape than [rows] or [rows, 1]") }
        (self.name, self.type) = (name, type)
        if let size = element["parameters"]?["binary_data_size"]?.int {
            guard size >= 0, size <= binary.count, size % type.byteCount == 0 else {
                throw InferenceRequest.wrong("input '\(name)' has other bytes than binary_data_size says")
            }
            values = type.values(of: UnsafeRawBufferPointer(rebasing: binary[..<size]))
            binary = UnsafeRawBufferPointer(rebasing: binary[size...])
        } else {
            guard let data = element["data"], let numbers = Self.numbers(in: data, type) else {
                throw InferenceRequest.wrong("input '\(name)' has no 'data' of \(type.rawValue) values")
            }
            values = numbers
        }
        guard values.count == count else {
            throw InferenceRequest.wrong("input '\(name)' has \(values.count) values, its shape says \(count)")
        }
    }

    /// Throws where a feature of this type cannot have these values.
    func check(for feature: DataType) throws(RequestFault) {
        let fits =
            switch (feature, type) {
            case (.bool, .bool): true
            case (.bool, _), (_, .bool), (.int, .fp32), (.int, .fp64): false
            default: true
            }
        guard fits else { throw InferenceRequest.wrong("input '\(name)' is \(type.rawValue); expected \(feature.inferenceName)") }
        guard values.allSatisfy(\.isFinite) else { throw InferenceRequest.wrong("input '\(name)' has a value that is not finite") }
    }

    /// Flat, or nested as the shape says; nil where a value has another type.
    private static func numbers(in element: JSONElement, _ type: ElementType) -> [Double]? {
        var numbers: [Double] = []
        func gather(_ element: JSONElement) -> Bool {
            switch (element.kind, type) {
            case (.array(let elements), _): return elements.allSatisfy(gather)
            case (.bool(let flag), .bool): numbers.append(flag ? 1 : 0)
            case (.number(let number), .fp32), (.number(let number), .fp64): numbers.append(number)
            case (.number(let number), let type) where type != .bool && number == number.rounded(): numbers.append(number)
            default: return false
            }
            return true
        }
        guard case .array = element.kind, gather(element) else { return nil }
        return numbers
    }
}

extension InferenceTensor.ElementType {
    var byteCount: Int {
        switch self {
        case .bool, .int8, .uint8: 1
        case .int16, .uint16: 2
        case .int32, .uint32, .fp32: 4
        case .int64, .uint64, .fp64: 8
        }
    }

    /// Little-endian values that follow one another.
    func values(of bytes: UnsafeRawBufferPointer) -> [Double] {
        func read<Element: BitwiseCopyable>(_ convert: (Element) -> Double) -> [Double] {
            stride(from: 0, to: bytes.count, by: MemoryLayout<Element>.size).map {
                convert(bytes.loadUnaligned(fromByteOffset: $0, as: Element.self))
            }
        }
        return switch self {
        case .bool: read { (value: UInt8) in value == 0 ? 0 : 1 }
        case .int8: read { (value: Int8) in Double(value) }
        case .int16: read { (value: Int16) in Double(value) }
        case .int32: read { (value: Int32) in Double(value) }
        case .int64: read { (value: Int64) in Double(value) }
        case .uint8: read { (value: UInt8) in Double(value) }
        case .uint16: read { (value: UInt16) in Double(value) }
        case .uint32: read { (value: UInt32) in Double(value) }
        case .uint64: read { (value: UInt64) in Double(value) }
        case .fp32: read { (value: Float) in Double(value) }
        case .fp64: read { (value: Double) in value }
        }
    }
}

extension DataType {
    /// As the protocol names it.
    var inferenceName: String {
        switch self {
        case .bool: "BOOL"
        case .int: "INT64"
        default: "FP64"
        }
    }
}
