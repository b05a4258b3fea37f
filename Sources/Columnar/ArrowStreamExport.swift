#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif
package import CArrow
import Synchronization

/// A record batch stream given out as an Arrow C stream.
///
/// Invariants:
/// 1. The C stream is valid for as long as this object lives; the object outlives every use of `pointer`.
/// 2. The consumer pulls from one thread at a time.
/// 3. The first error of the source is kept as it was thrown; the consumer only sees its text.
package final class ArrowStreamExport: @unchecked Sendable {
    package let pointer: UnsafeMutablePointer<ArrowArrayStream>
    private let source: any RecordBatchStream
    private let timeZone: String
    private let state = Mutex(State())

    private struct State {
        var failure: (any Error)?
        var message: UnsafeMutablePointer<CChar>?
    }

    /// Timestamps are given out as of `timeZone`, or of none.
    package init(_ source: any RecordBatchStream, timeZone: String = "") {
        self.source = source
        self.timeZone = timeZone
        pointer = .allocate(capacity: 1)
        pointer.initialize(
            to: ArrowArrayStream(
                get_schema: exportSchema, get_next: exportNext, get_last_error: exportLastError, release: exportRelease,
                private_data: nil))
        pointer.pointee.private_data = Unmanaged.passUnretained(self).toOpaque()
    }

    package convenience init(schema: Schema, batches: [RecordBatch]) {
        self.init(InMemoryStream(schema: schema, batches: batches))
    }

    deinit {
        pointer.deallocate()
        state.withLock { free($0.message) }
    }

    /// The error the source ended with, if it did.
    package var failure: (any Error)? { state.withLock { $0.failure } }

    fileprivate func writeSchema(to target: UnsafeMutablePointer<ArrowSchema>) { source.schema.exportArrow(to: target, timeZone: timeZone) }

    /// Zero, or an `errno` value.
    fileprivate func writeNext(to target: UnsafeMutablePointer<ArrowArray>) -> Int32 {
        do {
            if let failure { throw failure }
            guard let batch = try source.next() else {
                target.pointee = ArrowArray()
                return 0
            }
            batch.exportArrow(to: target)
            return 0
        } catch {
            state.withLock {
                guard $0.failure == nil else { return }
                $0.failure = error
                $0.message = strdup("\(error)")
            }
            return EIO
        }
    }

    fileprivate var message: UnsafePointer<CChar>? { state.withLock { UnsafePointer($0.message) } }
}

private func export(of stream: UnsafeMutablePointer<ArrowArrayStream>?) -> ArrowStreamExport {
    Unmanaged<ArrowStreamExport>.fromOpaque(stream!.pointee.private_data).takeUnretainedValue()
}

private let exportSchema: @convention(c) (UnsafeMutablePointer<ArrowArrayStream>?, UnsafeMutablePointer<ArrowSchema>?) -> Int32 = {
    export(of: $0).writeSchema(to: $1!)
    return 0
}

private let exportNext: @convention(c) (UnsafeMutablePointer<ArrowArrayStream>?, UnsafeMutablePointer<ArrowArray>?) -> Int32 = {
    export(of: $0).writeNext(to: $1!)
}

private let exportLastError: @convention(c) (UnsafeMutablePointer<ArrowArrayStream>?) -> UnsafePointer<CChar>? = {
    export(of: $0).message
}

private let exportRelease: @convention(c) (UnsafeMutablePointer<ArrowArrayStream>?) -> Void = { $0?.pointee.release = nil }
