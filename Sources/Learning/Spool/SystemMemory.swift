import Foundation

/// Zeroed memory straight from the system, on huge pages where it has them; given back when the last reference goes.
///
/// A page takes room when it is first touched, and a huge page is cleared in one go instead of 512 faults.
final class SystemMemory: @unchecked Sendable {
    private static let hugePageBytes = 2 << 20

    /// On a huge page's border.
    let start: UnsafeMutableRawPointer
    private let mapping: UnsafeMutableRawPointer
    private let mappedBytes: Int

    /// nil when the system has no memory to give.
    init?(byteCount: Int) {
        mappedBytes = byteCount + Self.hugePageBytes
        guard let mapping = mmap(nil, mappedBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0), mapping != MAP_FAILED
        else { return nil }
        self.mapping = mapping
        start = mapping.alignedUp(toMultipleOf: Self.hugePageBytes)
        madvise(start, byteCount, MADV_HUGEPAGE)
    }

    deinit { munmap(mapping, mappedBytes) }
}

/// Blocks of one size in memory, taken from the system in large segments, each when it is first needed.
struct ResidentBlocks: Sendable {
    private static let segmentBytes = 32 << 20

    private(set) var count = 0
    let blockBytes: Int
    /// Blocks there may be.
    private var limit: Int
    private let blocksPerSegment: Int
    private var segments: [SystemMemory] = []

    /// At most `budget` bytes of blocks.
    init(blockBytes: Int, budget: Int) {
        self.blockBytes = blockBytes
        limit = max(0, budget) / blockBytes
        blocksPerSegment = max(1, min(Self.segmentBytes / blockBytes, limit))
    }

    /// A further block; nil, now and ever after, when the budget is spent or the system has no more memory.
    mutating func append() -> UnsafeMutableRawPointer? {
        guard count < limit else { return nil }
        if count == segments.count * blocksPerSegment {
            guard let segment = SystemMemory(byteCount: blocksPerSegment * blockBytes) else {
                limit = count
                return nil
            }
            segments.append(segment)
        }
        count += 1
        return self[count - 1]
    }

    subscript(index: Int) -> UnsafeMutableRawPointer {
        segments[index / blocksPerSegment].start + index % blocksPerSegment * blockBytes
    }
}
