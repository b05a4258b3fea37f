/// Puts `keys` in rising order by digits of 11 bits from the lowest up, using `spare` of the same size.
///
/// `range` bounds the keys and so the number of digits.
func radixSort(_ keys: UnsafeMutableBufferPointer<UInt64>, spare: UnsafeMutableBufferPointer<UInt64>, range: ClosedRange<UInt64>) {
    let digitBits = 11
    let low = range.lowerBound
    var (source, target) = (keys, spare)
    var starts = [Int](repeating: 0, count: 1 << digitBits)
    for shift in stride(from: 0, to: 64 - (range.upperBound - low).leadingZeroBitCount, by: digitBits) {
        starts.withUnsafeMutableBufferPointer { starts in
            starts.update(repeating: 0)
            for key in source { starts[digit(key &- low, shift, digitBits)] += 1 }
            var start = 0
            for digit in starts.indices { (starts[digit], start) = (start, start + starts[digit]) }
            for key in source {
                let digit = digit(key &- low, shift, digitBits)
                target[starts[digit]] = key
                starts[digit] &+= 1
            }
        }
        swap(&source, &target)
    }
    if source.baseAddress != keys.baseAddress { _ = keys.update(fromContentsOf: source) }
}

@inline(__always)
private func digit(_ key: UInt64, _ shift: Int, _ bits: Int) -> Int { Int(truncatingIfNeeded: key &>> UInt64(shift)) & (1 << bits - 1) }
