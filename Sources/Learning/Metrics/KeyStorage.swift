/// Score keys in places of their own: in memory when they fit, else in a temporary file.
final class KeyStorage: Sendable {
    private enum Place {
        case memory(SystemMemory)
        case file(TemporaryFile)
    }

    private let place: Place

    /// Room for `count` keys of 8 bytes, in memory when that is no more than `memoryLimit` bytes.
    init(count: Int, memoryLimit: Int, folder: String) throws(LearningFault) {
        if count * 8 <= memoryLimit, let memory = SystemMemory(byteCount: count * 8) {
            place = .memory(memory)
        } else {
            place = .file(try TemporaryFile(folder: folder))
        }
    }

    func write(_ keys: UnsafeBufferPointer<UInt64>, at start: Int) throws(LearningFault) {
        switch place {
        case .memory(let memory): (memory.start + start * 8).copyMemory(from: keys.baseAddress!, byteCount: keys.count * 8)
        case .file(let file): try file.write(UnsafeRawBufferPointer(keys), at: start * 8)
        }
    }

    /// The keys at `places`: where they lie, or read into `buffer`, which has room for them.
    func keys(at places: Range<Int>, buffer: UnsafeMutablePointer<UInt64>) throws(LearningFault) -> UnsafeBufferPointer<UInt64> {
        switch place {
        case .memory(let memory):
            let start = (memory.start + places.lowerBound * 8).assumingMemoryBound(to: UInt64.self)
            return UnsafeBufferPointer(start: start, count: places.count)
        case .file(let file):
            try file.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: places.count * 8), at: places.lowerBound * 8)
            return UnsafeBufferPointer(start: buffer, count: places.count)
        }
    }
}
