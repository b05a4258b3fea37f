import Columnar

/// A block of rows with the `lookBack` rows before it in one piece of memory, so that windows need no special case.
///
/// Invariants:
/// 1. `values[-lookBack ..< count]` may be read around the block's first row; rows before the entity's first count as null.
/// 2. A null row holds `fill`, and 0 in `valid`, where other rows hold 1.
struct RowHistory<Element: SeriesElement> {
    let lookBack: Int
    let fill: Element
    private(set) var count = 0
    /// No null among the block's rows and the rows before it.
    private(set) var isAllValid = false
    /// The rows without null up to the block's start, at most `lookBack`.
    private var validRun = 0
    private var valueMemory = Scratch<Element>()
    private var validMemory = Scratch<UInt8>()
    /// Where the block stands if it is not copied.
    private var referred: UnsafePointer<Element>?
    /// So many flags from the first on that are 1, known while blocks are not copied.
    private var knownValid = 0

    init(lookBack: Int, fill: Element) {
        self.lookBack = lookBack
        self.fill = fill
        reset()
    }

    /// The value of the block's first row.
    var values: UnsafePointer<Element> { referred ?? UnsafePointer(valueMemory.pointer + lookBack) }
    var valid: UnsafePointer<UInt8> { UnsafePointer(validMemory.pointer + lookBack) }

    /// The rows without null that have to come until a block's first window can be full.
    var missingRows: Int { lookBack - validRun }

    mutating func reset() {
        valueMemory.reserve(lookBack)
        validMemory.reserve(lookBack)
        valueMemory.pointer.update(repeating: fill, count: lookBack)
        validMemory.pointer.update(repeating: 0, count: lookBack)
        count = 0
        validRun = 0
        referred = nil
    }

    /// Makes the rows `range` of `column` the block; `retain` must have put away the one before.
    mutating func load(_ column: Column, _ range: Range<Int>) {
        count = range.count
        referred = nil
        knownValid = 0
        valueMemory.reserve(lookBack + count)
        validMemory.reserve(lookBack + count)
        let target = valueMemory.pointer + lookBack
        target.update(from: column.elements(as: Element.self).baseAddress! + range.lowerBound, count: count)
        let flags = validMemory.pointer + lookBack
        flags.update(repeating: 1, count: count)
        isAllValid = validRun >= lookBack
        guard column.validity != nil else {
            validRun = min(lookBack, validRun + count)
            return
        }
        for row in 0..<count {
            if column.isNull(range.lowerBound + row) {
                target[row] = fill
                flags[row] = 0
                isAllValid = false
                validRun = 0
            } else {
                validRun = min(lookBack, validRun + 1)
            }
        }
    }

    /// Makes the rows `range` the block without copying them; the column lives until `retain`, and holds the `lookBack` rows before,
    /// none of which is null.
    mutating func refer(to column: Column, _ range: Range<Int>) {
        count = range.count
        referred = UnsafePointer(column.elements(as: Element.self).baseAddress! + range.lowerBound)
        isAllValid = true
        validRun = lookBack
        guard knownValid < lookBack + count else { return }
        knownValid = lookBack + count
        validMemory.reserve(knownValid)
        validMemory.pointer.update(repeating: 1, count: knownValid)
    }

    /// Keeps the last `lookBack` rows for the next block.
    mutating func retain() {
        valueMemory.pointer.update(from: values + count - lookBack, count: lookBack)
        validMemory.pointer.update(from: validMemory.pointer + count, count: lookBack)
        referred = nil
        count = 0
    }

    /// The last `lookBack` rows: their values, then a byte each for validity.
    func save() -> [UInt8] {
        Array(UnsafeRawBufferPointer(start: valueMemory.pointer, count: lookBack * MemoryLayout<Element>.stride))
            + Array(UnsafeBufferPointer(start: validMemory.pointer, count: lookBack))
    }

    mutating func restore(_ state: [UInt8]) throws {
        let valueBytes = lookBack * MemoryLayout<Element>.stride
        guard state.count == valueBytes + lookBack, state[valueBytes...].allSatisfy({ $0 <= 1 }) else { throw SeriesFault.damagedState }
        reset()
        guard lookBack > 0 else { return }
        state.withUnsafeBytes { bytes in
            UnsafeMutableRawPointer(valueMemory.pointer).copyMemory(from: bytes.baseAddress!, byteCount: valueBytes)
            UnsafeMutableRawPointer(validMemory.pointer).copyMemory(from: bytes.baseAddress! + valueBytes, byteCount: lookBack)
        }
        while validRun < lookBack, validMemory.pointer[lookBack - 1 - validRun] == 1 { validRun += 1 }
    }
}
