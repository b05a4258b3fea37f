import CArrow
import Columnar
import Testing

@Suite struct ArrowRoundTripTests {
    @Test(arguments: DataType.allCases)
    func everyTypeComesBackAsItWas(type: DataType) throws {
        let batch = sample(type)
        #expect(try values(roundTrip([batch])) == values([batch]))
    }

    @Test(arguments: DataType.allCases, [1..<2, 3..<10, 7..<20, 13..<13])
    func aSliceComesBackAsItWas(type: DataType, rows: Range<Int>) throws {
        let slice = sample(type).slice(rows)
        #expect(try values(roundTrip([slice])) == values([slice]))
    }

    @Test func plainColumnsShareTheExportersMemory() throws {
        let batch = sample(.double)
        let imported = try roundTrip([batch])
        #expect(imported[0].columns[0].values.pointer == batch.columns[0].values.pointer)
    }

    @Test func anImportedColumnOutlivesItsStream() throws {
        var column: Column?
        do { column = try roundTrip([sample(.string)])[0].columns[0] }
        #expect(column?[1] == .string("żółć — 株価"))
    }

    @Test func aStreamEndsWithItsSourcesErrorAndKeepsIt() throws {
        let export = ArrowStreamExport(FailingStream())
        let reader = try ArrowStreamReader(taking: export.pointer)
        #expect(throws: ArrowFault.self) { try reader.next() }
        #expect(export.failure as? FailingStream.Fault == FailingStream.Fault())
    }

    @Test func aTypeWithoutAColumnIsRefusedByColumnAndFormat() {
        let fault = #expect(throws: ArrowFault.self) { try layout(format: "+l") }
        #expect(fault?.description.contains("`prices`") == true)
        #expect(fault?.description.contains("`+l`") == true)
    }

    @Test func narrowIntsAreWidened() throws {
        #expect(try imported([Int16(-3), 7], format: "s") == [.int(-3), .int(7)])
        #expect(try imported([UInt32.max, 0], format: "I") == [.int(4_294_967_295), .int(0)])
    }

    @Test func anUnsignedValueAboveTheIntRangeIsRefused() {
        #expect(throws: ArrowFault.self) { try imported([UInt64.max], format: "L") }
    }

    @Test func timestampsOfOtherUnitsBecomeMicroseconds() throws {
        #expect(try imported([Int64(-1), 2_999], format: "tsn:UTC") == [.timestamp(-1), .timestamp(2)])
        #expect(try imported([Int64(5)], format: "tss:") == [.timestamp(5_000_000)])
    }

    @Test func decimalsBecomeTheNearestDouble() throws {
        #expect(try imported([Int128(-12_345), 1], format: "d:10,2") == [.double(-123.45), .double(0.01)])
    }
}

private final class FailingStream: RecordBatchStream {
    struct Fault: Error, Equatable {}
    let schema = Schema([Field("a", .int)])
    func next() throws -> RecordBatch? { throw Fault() }
}

private func sample(_ type: DataType) -> RecordBatch {
    var builder = ColumnBuilder(type: type)
    for row in 0..<20 { builder.append(row % 5 == 4 ? .null : value(type, row)) }
    return RecordBatch(schema: Schema([Field("prices", type)]), columns: [builder.finish()], count: 20)
}

private func value(_ type: DataType, _ row: Int) -> Value {
    switch type {
    case .int: .int(Int64(row) * 3 - 7)
    case .double: .double(Double(row) / 3)
    case .string: .string(["", "żółć — 株価", "a somewhat longer text"][row % 3])
    case .bool: .bool(row % 3 == 0)
    case .date: .date(Int32(row * 100 - 500))
    case .timestamp: .timestamp(Int64(row) * 1_000_003 - 5)
    }
}

private func values(_ batches: [RecordBatch]) -> [Value] {
    batches.flatMap { batch in (0..<batch.count).map { batch.columns[0][$0] } }
}

private func roundTrip(_ batches: [RecordBatch]) throws -> [RecordBatch] {
    let export = ArrowStreamExport(schema: batches[0].schema, batches: batches)
    return try ArrowStreamReader(taking: export.pointer).collect()
}

/// The layout of a struct of one column, `prices`, of the given format.
private func layout(format: String) throws -> ArrowLayout {
    try format.withCString { format in
        try "prices".withCString { name in
            var child = ArrowSchema()
            child.format = format
            child.name = name
            return try withUnsafeMutablePointer(to: &child) { child in
                var children: UnsafeMutablePointer<ArrowSchema>? = child
                return try withUnsafeMutablePointer(to: &children) { children in
                    try "+s".withCString { top in
                        var schema = ArrowSchema()
                        schema.format = top
                        schema.n_children = 1
                        schema.children = children
                        return try ArrowLayout(reading: &schema)
                    }
                }
            }
        }
    }
}

/// The values of an array of one column over `elements`; the memory stays this function's.
private func imported<Element>(_ elements: [Element], format: String) throws -> [Value] {
    let layout = try layout(format: format)
    return try elements.withUnsafeBytes { bytes in
        var buffers: [UnsafeRawPointer?] = [nil, bytes.baseAddress]
        return try buffers.withUnsafeMutableBufferPointer { buffers in
            var child = ArrowArray()
            child.length = Int64(elements.count)
            child.n_buffers = 2
            child.buffers = buffers.baseAddress
            return try withUnsafeMutablePointer(to: &child) { child in
                var children: UnsafeMutablePointer<ArrowArray>? = child
                return try withUnsafeMutablePointer(to: &children) { children in
                    var top = ArrowArray()
                    top.length = Int64(elements.count)
                    top.n_children = 1
                    top.children = children
                    return values([try layout.batch(taking: &top)])
                }
            }
        }
    }
}
