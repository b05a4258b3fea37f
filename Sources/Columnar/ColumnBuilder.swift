/// Gathers rows into one column, in memory that doubles as it fills.
package struct ColumnBuilder {
    package let type: DataType
    package private(set) var count = 0
    private var hasNulls = false
    private var validity: [UInt8] = []
    private var bytes: GrowingBuffer
    private var boundaries: GrowingBuffer

    package init(type: DataType, capacity: Int = 0) {
        self.type = type
        bytes = GrowingBuffer(capacity: capacity * (type.byteWidth ?? 8))
        boundaries = GrowingBuffer(capacity: type == .string ? (capacity + 1) * 4 : 0)
        if type == .string { boundaries.append(Int32(0)) }
    }

    /// Bytes held, for a caller that bounds its memory.
    package var byteCount: Int { bytes.count + boundaries.count + validity.count }

    /// Appends the rows `range` of `column`, which has this builder's type.
    package mutating func append(_ column: Column, _ range: Range<Int>) {
        precondition(column.type == type)
        appendValidity(column, range)
        switch type {
        case .string: appendStrings(column, range)
        case .bool: for row in range { appendBit(column.bool(row), at: count + row - range.lowerBound) }
        default:
            let width = type.byteWidth!
            bytes.append(column.values.pointer + (column.offset + range.lowerBound) * width, byteCount: range.count * width)
        }
        count += range.count
    }

    package mutating func append(_ value: Value) {
        switch value {
        case .null:
            appendNull()
            return
        case .int(let number), .timestamp(let number): bytes.append(number)
        case .double(let number): bytes.append(number)
        case .date(let number): bytes.append(number)
        case .bool(let flag): appendBit(flag, at: count)
        case .string(let text):
            var text = text
            text.withUTF8 { bytes.append(UnsafeRawPointer($0.baseAddress ?? UnsafePointer(bitPattern: 1)!), byteCount: $0.count) }
            boundaries.append(Int32(bytes.count))
        }
        if hasNulls { setValid(count) }
        count += 1
    }

    /// The finished column; the builder starts anew.
    package mutating func finish() -> Column {
        var mask: Buffer?
        if hasNulls {
            let buffer = Buffer(byteCount: validity.count)
            validity.withUnsafeBytes { buffer.pointer.copyMemory(from: $0.baseAddress!, byteCount: $0.count) }
            mask = buffer
        }
        let column = Column(
            type: type, count: count, validity: mask, values: bytes.take(), offsets: type == .string ? boundaries.take() : nil)
        self = ColumnBuilder(type: type)
        return column
    }

    private mutating func appendNull() {
        startValidity()
        growValidity(to: count + 1)
        switch type {
        case .string: boundaries.append(Int32(bytes.count))
        case .bool: appendBit(false, at: count)
        case .date: bytes.append(Int32(0))
        case .int, .double, .timestamp: bytes.append(Int64(0))
        }
        count += 1
    }

    private mutating func appendValidity(_ column: Column, _ range: Range<Int>) {
        guard hasNulls || column.validity != nil else { return }
        if column.validity != nil { startValidity() }
        for row in range where !column.isNull(row) { setValid(count + row - range.lowerBound) }
        growValidity(to: count + range.count)
    }

    private mutating func startValidity() {
        guard !hasNulls else { return }
        hasNulls = true
        validity = [UInt8](repeating: 0xff, count: count >> 3)
        if count & 7 != 0 { validity.append(UInt8(1 << (count & 7)) - 1) }
    }

    private mutating func growValidity(to rows: Int) {
        let needed = (rows + 7) >> 3
        if validity.count < needed { validity.append(contentsOf: repeatElement(0, count: needed - validity.count)) }
    }

    private mutating func setValid(_ row: Int) {
        growValidity(to: row + 1)
        validity[row >> 3] |= 1 << UInt8(row & 7)
    }

    private mutating func appendBit(_ flag: Bool, at row: Int) {
        if row & 7 == 0 { bytes.append(UInt8(0)) }
        if flag { bytes.setBit(row) }
    }

    private mutating func appendStrings(_ column: Column, _ range: Range<Int>) {
        let source = column.offsets!.typed(as: Int32.self) + column.offset
        let start = source[range.lowerBound]
        let shift = Int32(bytes.count) - start
        bytes.append(column.values.pointer + Int(start), byteCount: Int(source[range.upperBound] - start))
        for row in range { boundaries.append(source[row + 1] + shift) }
    }
}

private struct GrowingBuffer {
    private var buffer: Buffer?
    private(set) var count = 0

    init(capacity: Int) { if capacity > 0 { buffer = Buffer(uninitializedByteCount: capacity) } }

    mutating func append(_ source: UnsafeRawPointer, byteCount: Int) {
        guard byteCount > 0 else { return }
        reserve(count + byteCount)
        buffer!.pointer.advanced(by: count).copyMemory(from: source, byteCount: byteCount)
        count += byteCount
    }

    mutating func append<Element: BitwiseCopyable>(_ element: Element) {
        reserve(count + MemoryLayout<Element>.size)
        buffer!.pointer.storeBytes(of: element, toByteOffset: count, as: Element.self)
        count += MemoryLayout<Element>.size
    }

    mutating func setBit(_ index: Int) { buffer!.typed(as: UInt8.self)[index >> 3] |= 1 << UInt8(index & 7) }

    mutating func take() -> Buffer { buffer ?? Buffer(byteCount: 0) }

    private mutating func reserve(_ needed: Int) {
        if let buffer, buffer.byteCount >= needed { return }
        let grown = Buffer(uninitializedByteCount: max(needed, (buffer?.byteCount ?? 0) * 2, 256))
        if let buffer { grown.pointer.copyMemory(from: buffer.pointer, byteCount: count) }
        buffer = grown
    }
}
