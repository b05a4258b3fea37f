/// A block of memory that columns share and never change once a column holds it.
package final class Buffer: @unchecked Sendable {
    package let pointer: UnsafeMutableRawPointer
    package let byteCount: Int
    private let owner: AnyObject?

    /// Fresh zeroed memory, aligned to 64 bytes.
    package init(byteCount: Int) {
        self.byteCount = byteCount
        pointer = BufferPool.shared.take(byteCount)
        pointer.initializeMemory(as: UInt8.self, repeating: 0, count: max(byteCount, 64))
        owner = nil
    }

    /// Fresh memory with undefined content, aligned to 64 bytes; the caller fills it.
    package init(uninitializedByteCount byteCount: Int) {
        self.byteCount = byteCount
        pointer = BufferPool.shared.take(byteCount)
        owner = nil
    }

    /// Memory of someone else, valid for as long as `owner` lives.
    package init(foreign pointer: UnsafeMutableRawPointer, byteCount: Int, owner: AnyObject) {
        self.pointer = pointer
        self.byteCount = byteCount
        self.owner = owner
    }

    deinit { if owner == nil { BufferPool.shared.put(pointer, byteCount) } }

    package func typed<Element>(as type: Element.Type) -> UnsafeMutablePointer<Element> { pointer.assumingMemoryBound(to: type) }
}
