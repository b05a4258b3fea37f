import Foundation

/// 64 bits that stand for a file's bytes: XXH64 with seed 0 (xxhash.com, "XXH64 algorithm description").
///
/// It finds damage, not forgery. A file just written is hashed from the system's cache at several GB/s, where SHA-256 would cost more
/// than writing it.
package enum ContentHash {
    /// In 16 hexadecimal digits.
    package static func of(file path: String) throws -> String {
        let content = try Data(contentsOf: URL(fileURLWithPath: path), options: .alwaysMapped)
        let digits = String(content.withUnsafeBytes(of(bytes:)), radix: 16)
        return String(repeating: "0", count: 16 - digits.utf8.count) + digits
    }

    private static let prime: (UInt64, UInt64, UInt64, UInt64, UInt64) = (
        0x9E37_79B1_85EB_CA87, 0xC2B2_AE3D_27D4_EB4F, 0x1656_67B1_9E37_79F9, 0x85EB_CA77_C2B2_AE63, 0x27D4_EB2F_1656_67C5
    )

    package static func of(bytes: UnsafeRawBufferPointer) -> UInt64 {
        var place = 0
        var hash = bytes.count >= 32 ? stripes(bytes, &place) : prime.4
        hash &+= UInt64(bytes.count)
        while place + 8 <= bytes.count {
            hash = rotated(hash ^ round(0, word(bytes, place)), 27) &* prime.0 &+ prime.3
            place += 8
        }
        if place + 4 <= bytes.count {
            let half = UInt64(UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self)))
            hash = rotated(hash ^ half &* prime.0, 23) &* prime.1 &+ prime.2
            place += 4
        }
        for byte in bytes[place...] { hash = rotated(hash ^ UInt64(byte) &* prime.4, 11) &* prime.0 }
        hash = (hash ^ hash >> 33) &* prime.1
        hash = (hash ^ hash >> 29) &* prime.2
        return hash ^ hash >> 32
    }

    private static func stripes(_ bytes: UnsafeRawBufferPointer, _ place: inout Int) -> UInt64 {
        var (a, b, c, d) = (prime.0 &+ prime.1, prime.1, UInt64(0), 0 &- prime.0)
        while place + 32 <= bytes.count {
            a = round(a, word(bytes, place))
            b = round(b, word(bytes, place + 8))
            c = round(c, word(bytes, place + 16))
            d = round(d, word(bytes, place + 24))
            place += 32
        }
        let joined = rotated(a, 1) &+ rotated(b, 7) &+ rotated(c, 12) &+ rotated(d, 18)
        return [a, b, c, d].reduce(joined) { ($0 ^ round(0, $1)) &* prime.0 &+ prime.3 }
    }

    @inline(__always) private static func round(_ sum: UInt64, _ word: UInt64) -> UInt64 {
        rotated(sum &+ word &* prime.1, 31) &* prime.0
    }

    @inline(__always) private static func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { word &<< bits | word &>> (64 &- bits) }

    @inline(__always) private static func word(_ bytes: UnsafeRawBufferPointer, _ place: Int) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self))
    }
}
