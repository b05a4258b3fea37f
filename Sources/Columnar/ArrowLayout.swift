package import CArrow

/// What an Arrow schema or array holds that Tickbook has no type for, or a producer's own error.
package struct ArrowFault: Error, CustomStringConvertible {
    package let description: String
}

/// How each column of an Arrow struct becomes a `Column`.
package struct ArrowLayout: Sendable {
    package let schema: Schema
    let conversions: [ArrowConversion]

    /// Reads a schema whose top is a struct of columns; the schema stays its owner's.
    package init(reading pointer: UnsafePointer<ArrowSchema>) throws {
        let top = pointer.pointee
        guard String(cString: top.format) == "+s" else {
            throw ArrowFault(description: "expected an Arrow struct of columns, found format `\(String(cString: top.format))`")
        }
        var fields: [Field] = []
        var conversions: [ArrowConversion] = []
        for index in 0..<Int(top.n_children) {
            let child = top.children[index]!.pointee
            let name = child.name.map { String(cString: $0) } ?? ""
            let format = String(cString: child.format)
            guard child.dictionary == nil else {
                throw ArrowFault(description: "column `\(name)` is dictionary-encoded; expected plain values: cast it in the query")
            }
            guard let conversion = ArrowConversion(format: format) else {
                throw ArrowFault(
                    description: "column `\(name)` has the Arrow format `\(format)`; expected a number, text, bool, date or timestamp: "
                        + "cast it in the query")
            }
            fields.append(Field(name, conversion.type))
            conversions.append(conversion)
        }
        schema = Schema(fields)
        self.conversions = conversions
    }
}

/// The step from one Arrow format to a column's layout.
enum ArrowConversion: Sendable, Hashable {
    /// The memory is used as it is.
    case none(DataType)
    case widenedInt(byteWidth: Int, isSigned: Bool)
    case widenedFloat
    case largeString
    /// 64-bit counts of a unit of `numerator / denominator` microseconds.
    case timestamp(numerator: Int64, denominator: Int64)
    case millisecondDate
    /// 128-bit decimals with `scale` digits after the point, as the nearest double.
    case decimal(scale: Int)

    init?(format: String) {
        switch format {
        case "l": self = .none(.int)
        case "g": self = .none(.double)
        case "u": self = .none(.string)
        case "b": self = .none(.bool)
        case "tdD": self = .none(.date)
        case "c": self = .widenedInt(byteWidth: 1, isSigned: true)
        case "s": self = .widenedInt(byteWidth: 2, isSigned: true)
        case "i": self = .widenedInt(byteWidth: 4, isSigned: true)
        case "C": self = .widenedInt(byteWidth: 1, isSigned: false)
        case "S": self = .widenedInt(byteWidth: 2, isSigned: false)
        case "I": self = .widenedInt(byteWidth: 4, isSigned: false)
        case "L": self = .widenedInt(byteWidth: 8, isSigned: false)
        case "f": self = .widenedFloat
        case "U": self = .largeString
        case "tdm": self = .millisecondDate
        default:
            guard let conversion = Self.timestamp(format) ?? Self.decimal(format) else { return nil }
            self = conversion
        }
    }

    var type: DataType {
        switch self {
        case .none(let type): type
        case .widenedInt: .int
        case .widenedFloat, .decimal: .double
        case .largeString: .string
        case .timestamp: .timestamp
        case .millisecondDate: .date
        }
    }

    /// `tsu:` and its units, with or without a time zone: the count is of UTC either way.
    private static func timestamp(_ format: String) -> ArrowConversion? {
        switch format.prefix(4) {
        case "tsu:": .none(.timestamp)
        case "tss:": .timestamp(numerator: 1_000_000, denominator: 1)
        case "tsm:": .timestamp(numerator: 1000, denominator: 1)
        case "tsn:": .timestamp(numerator: 1, denominator: 1000)
        default: nil
        }
    }

    /// `d:precision,scale[,128]`
    private static func decimal(_ format: String) -> ArrowConversion? {
        guard format.hasPrefix("d:") else { return nil }
        let numbers = format.dropFirst(2).split(separator: ",").compactMap { Int($0) }
        guard numbers.count == 2 || (numbers.count == 3 && numbers[2] == 128), (0...38).contains(numbers[1]) else { return nil }
        return .decimal(scale: numbers[1])
    }
}
