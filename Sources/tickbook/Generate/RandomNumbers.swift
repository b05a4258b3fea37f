/// The same numbers from the same seed on every machine: integers alone, so that no library's rounding takes part.
///
/// Source: Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", SplitMix64.
struct RandomNumbers {
    private var state: UInt64

    /// Streams of one seed that don't depend on how many there are.
    init(seed: UInt64, stream: UInt64) {
        var outer = RandomNumbers(state: seed)
        var inner = RandomNumbers(state: outer.next() ^ stream &* 0xD1B5_4A32_D192_ED03)
        state = inner.next()
    }

    private init(state: UInt64) { self.state = state }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// One of `0..<count`.
    mutating func below(_ count: Int64) -> Int64 { Int64(next().multipliedFullWidth(by: UInt64(count)).high) }

    /// One of `-limit...limit`.
    mutating func around(_ limit: Int64) -> Int64 { below(2 * limit + 1) - limit }

    /// Bell-shaped around 0 with this standard deviation: four even ones added, each of variance `limit² / 3`.
    mutating func bell(deviation: Int64) -> Int64 {
        let limit = deviation * 866 / 1000
        return around(limit) + around(limit) + around(limit) + around(limit)
    }
}
