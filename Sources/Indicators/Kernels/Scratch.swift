import Columnar

/// Working memory that grows to what is asked and keeps its content.
struct Scratch<Element: BitwiseCopyable> {
    private var buffer = Buffer(uninitializedByteCount: 0)
    private(set) var capacity = 0

    var pointer: UnsafeMutablePointer<Element> { buffer.typed(as: Element.self) }

    mutating func reserve(_ needed: Int) {
        guard needed > capacity else { return }
        let grown = Buffer(uninitializedByteCount: needed * MemoryLayout<Element>.stride)
        grown.pointer.copyMemory(from: buffer.pointer, byteCount: capacity * MemoryLayout<Element>.stride)
        buffer = grown
        capacity = needed
    }

    /// Memory in which the element of each row of `range` stands at the row's number.
    mutating func rows(_ range: Range<Int>) -> UnsafeMutablePointer<Element> {
        reserve(range.count)
        return pointer - range.lowerBound
    }
}
