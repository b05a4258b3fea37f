/// Eight rows at once, from any address.
extension UnsafePointer<Double> {
    var lanes: SIMD8<Double> {
        @inline(__always) get { UnsafeRawPointer(self).loadUnaligned(as: SIMD8<Double>.self) }
    }
}

extension UnsafeMutablePointer<Double> {
    var lanes: SIMD8<Double> {
        @inline(__always) get { UnsafeRawPointer(self).loadUnaligned(as: SIMD8<Double>.self) }
        @inline(__always) nonmutating set { UnsafeMutableRawPointer(self).storeBytes(of: newValue, as: SIMD8<Double>.self) }
    }
}
