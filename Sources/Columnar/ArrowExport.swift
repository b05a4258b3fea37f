#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
package import CArrow

extension Schema {
    /// Fills `target` with this schema as an Arrow struct of nullable columns; whoever holds it calls its release.
    /// Timestamps are said to be of `timeZone`, or of none.
    package func exportArrow(to target: UnsafeMutablePointer<ArrowSchema>, timeZone: String = "") {
        let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowSchema>?>.allocate(capacity: max(fields.count, 1))
        for (index, field) in fields.enumerated() {
            children[index] = .allocate(capacity: 1)
            children[index]!.initialize(to: Self.node(format: field.type.arrowFormat(timeZone: timeZone), name: field.name))
        }
        var top = Self.node(format: "+s", name: "")
        top.flags = 0
        top.n_children = Int64(fields.count)
        top.children = children
        target.pointee = top
    }

    private static func node(format: String, name: String) -> ArrowSchema {
        ArrowSchema(
            format: strdup(format), name: strdup(name), metadata: nil, flags: Int64(ARROW_FLAG_NULLABLE), n_children: 0, children: nil,
            dictionary: nil, release: releaseSchema, private_data: nil)
    }
}

extension DataType {
    func arrowFormat(timeZone: String) -> String {
        switch self {
        case .int: "l"
        case .double: "g"
        case .string: "u"
        case .bool: "b"
        case .date: "tdD"
        case .timestamp: "tsu:" + timeZone
        }
    }
}

private let releaseSchema: @convention(c) (UnsafeMutablePointer<ArrowSchema>?) -> Void = { pointer in
    guard let pointer else { return }
    for index in 0..<Int(pointer.pointee.n_children) {
        let child = pointer.pointee.children[index]!
        child.pointee.release?(child)
        child.deallocate()
    }
    pointer.pointee.children?.deallocate()
    free(UnsafeMutableRawPointer(mutating: pointer.pointee.format))
    free(UnsafeMutableRawPointer(mutating: pointer.pointee.name))
    pointer.pointee.release = nil
}

extension RecordBatch {
    /// Fills `target` with this batch as an Arrow struct array that shares its memory; whoever holds it calls its release.
    package func exportArrow(to target: UnsafeMutablePointer<ArrowArray>) {
        let children = UnsafeMutablePointer<UnsafeMutablePointer<ArrowArray>?>.allocate(capacity: max(columns.count, 1))
        for (index, column) in columns.enumerated() {
            children[index] = .allocate(capacity: 1)
            children[index]!.initialize(to: column.arrowArray)
        }
        let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: 1)
        buffers[0] = nil
        target.pointee = ArrowArray(
            length: Int64(count), null_count: 0, offset: 0, n_buffers: 1, n_children: Int64(columns.count), buffers: buffers,
            children: children, dictionary: nil, release: releaseArray, private_data: nil)
    }
}

/// Keeps a column's buffers alive for as long as its exported array is: a consumer may move one child out and keep it.
private final class ExportedColumn {
    let column: Column
    init(_ column: Column) { self.column = column }
}

extension Column {
    fileprivate var arrowArray: ArrowArray {
        var pointers: [UnsafeRawPointer?] = [validity.map { UnsafeRawPointer($0.pointer) }]
        if let offsets { pointers.append(UnsafeRawPointer(offsets.pointer)) }
        pointers.append(UnsafeRawPointer(values.pointer))
        let buffers = UnsafeMutablePointer<UnsafeRawPointer?>.allocate(capacity: pointers.count)
        buffers.initialize(from: pointers, count: pointers.count)
        return ArrowArray(
            length: Int64(count), null_count: validity == nil ? 0 : -1, offset: Int64(offset), n_buffers: Int64(pointers.count),
            n_children: 0, buffers: buffers, children: nil, dictionary: nil, release: releaseArray,
            private_data: Unmanaged.passRetained(ExportedColumn(self)).toOpaque())
    }
}

private let releaseArray: @convention(c) (UnsafeMutablePointer<ArrowArray>?) -> Void = { pointer in
    guard let pointer else { return }
    for index in 0..<Int(pointer.pointee.n_children) {
        let child = pointer.pointee.children[index]!
        child.pointee.release?(child)
        child.deallocate()
    }
    pointer.pointee.children?.deallocate()
    pointer.pointee.buffers?.deallocate()
    if let owner = pointer.pointee.private_data { Unmanaged<ExportedColumn>.fromOpaque(owner).release() }
    pointer.pointee.release = nil
}
