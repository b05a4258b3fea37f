import Synchronization

/// Blocks of memory kept for the next buffer of their size: fresh pages cost more to get than to fill.
///
/// Large aligned blocks otherwise hardly ever fit where one was freed, and the system clears each page anew.
final class BufferPool: Sendable {
    static let shared = BufferPool(limit: 96 << 20)

    static let alignment = 64
    private static let pageSize = 4096
    /// Smaller blocks are the allocator's affair.
    private static let leastByteCount = 16 << 10

    private struct State {
        var blocks: [Int: [Block]] = [:]
        var heldBytes = 0
        /// Large blocks allocated so far.
        var made = 0
    }

    private let limit: Int
    private let state = Mutex(State())

    /// Holds at most `limit` bytes.
    init(limit: Int) { self.limit = limit }

    /// At least `byteCount` bytes of undefined content, aligned to 64 bytes.
    func take(_ byteCount: Int) -> UnsafeMutableRawPointer {
        let size = Self.blockSize(for: byteCount)
        if size < Self.leastByteCount { return .allocate(byteCount: size, alignment: Self.alignment) }
        return taken(size) ?? staggered(size)
    }

    /// Fresh memory. Large blocks begin at different distances from the boundaries of pages: a processor that reads one column and writes
    /// another at the same distance takes one for the other and waits.
    private func staggered(_ size: Int) -> UnsafeMutableRawPointer {
        let number = state.withLock { state in
            state.made += 1
            return state.made
        }
        let base = UnsafeMutableRawPointer.allocate(byteCount: size + Self.pageSize, alignment: Self.pageSize)
        return base + number * 23 * Self.alignment % Self.pageSize
    }

    /// Gives back a block taken for `byteCount` bytes.
    func put(_ block: UnsafeMutableRawPointer, _ byteCount: Int) {
        let size = Self.blockSize(for: byteCount)
        if size < Self.leastByteCount { return block.deallocate() }
        if !kept(block, size) { UnsafeMutableRawPointer(bitPattern: UInt(bitPattern: block) & ~UInt(Self.pageSize - 1))!.deallocate() }
    }

    private func taken(_ size: Int) -> UnsafeMutableRawPointer? {
        let block = state.withLock { state -> Block? in
            guard let block = state.blocks[size]?.popLast() else { return nil }
            state.heldBytes -= size
            return block
        }
        return block?.start
    }

    private func kept(_ start: UnsafeMutableRawPointer, _ size: Int) -> Bool {
        let block = Block(start: start)
        return state.withLock { state in
            guard state.heldBytes + size <= limit else { return false }
            state.blocks[size, default: []].append(block)
            state.heldBytes += size
            return true
        }
    }

    /// Rounded up to an eighth of the power of two below, so that sizes meet again.
    static func blockSize(for byteCount: Int) -> Int {
        let count = max(byteCount, 64)
        let step = max(64, 1 << (Int.bitWidth - 4 - count.leadingZeroBitCount))
        return (count + step - 1) / step * step
    }
}

/// Memory that no buffer uses.
private struct Block: @unchecked Sendable {
    let start: UnsafeMutableRawPointer
}
