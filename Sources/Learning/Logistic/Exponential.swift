/// `e` to the power `x` for each lane, for x in -700...700 (values beyond are drawn to the ends), within 1 unit in the last place.
///
/// Only additions, multiplications and bit shifts, so that every processor gives the same bits, and a row gives the same
/// probability alone and among millions. After Cody and Waite: x = n·ln 2 + r with |r| ≤ ½·ln 2, then a series in r.
@inline(__always)
func exponential(_ x: SIMD4<Double>) -> SIMD4<Double> {
    let low = SIMD4<Double>(repeating: -700)
    let high = SIMD4<Double>(repeating: 700)
    let bounded = x.replacing(with: low, where: x .< low).replacing(with: high, where: x .> high)
    // Adding 1.5·2⁵² rounds to a whole number and leaves that number in the low bits.
    let rounder = SIMD4<Double>(repeating: 0x1.8p52)
    let shifted = bounded * 0x1.71547652b82fep0 + rounder
    let whole = shifted - rounder
    let r = (bounded - whole * 0x1.62e42fefa0000p-1) - whole * 0x1.cf79abc9e3b3ap-40
    var series = SIMD4<Double>(repeating: 1 / 6_227_020_800)
    series = series * r + 1 / 479_001_600
    series = series * r + 1 / 39_916_800
    series = series * r + 1 / 3_628_800
    series = series * r + 1 / 362_880
    series = series * r + 1 / 40_320
    series = series * r + 1 / 5040
    series = series * r + 1 / 720
    series = series * r + 1 / 120
    series = series * r + 1 / 24
    series = series * r + 1 / 6
    series = series * r + 0.5
    series = (series * r) * r + r + 1
    let power = unsafeBitCast(shifted, to: SIMD4<UInt64>.self) &<< 52
    return unsafeBitCast(unsafeBitCast(series, to: SIMD4<UInt64>.self) &+ power, to: SIMD4<Double>.self)
}
