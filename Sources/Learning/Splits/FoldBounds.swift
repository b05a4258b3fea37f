/// What a row does in one fit; rows of a chunk are put in this order.
enum RowRole: UInt8 {
    case train, test, calibration
    /// Its label was not known yet when the rows it would teach about began, or it lies in the embargo.
    case purged
    /// Before or behind all that the fit looks at.
    case outside
}

/// The times that decide what a row does in one fit.
///
/// Invariant: the time from a training row to its label's end lies before `calibrationStart` and before `trainEnd`, which is no
/// later than `testStart`; so it meets no such span of a calibration or test row, whichever entity either is of.
struct FoldBounds: Sendable, Hashable {
    /// Rows before it are outside.
    var start = Int64.min
    /// The first time of the rows the model is calibrated on.
    var calibrationStart: Int64?
    /// Labels of rows that are learnt from end before it: `testStart`, or earlier by the embargo. Nil without test rows.
    var trainEnd: Int64?
    var testStart: Int64?
    /// Rows from here on are outside.
    var testEnd: Int64?

    @inline(__always)
    func role(time: Int64, labelEnd: Int64) -> RowRole {
        if time < start { return .outside }
        if let testEnd, time >= testEnd { return .outside }
        if let testStart, time >= testStart { return .test }
        let end = max(time, labelEnd)
        if let trainEnd, end >= trainEnd { return .purged }
        guard let calibrationStart else { return .train }
        return time >= calibrationStart ? .calibration : end >= calibrationStart ? .purged : .train
    }
}
