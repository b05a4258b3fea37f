import Columnar

/// Distances between marks on an axis of time.
enum TimeStep {
    case minutes(Int)
    case days(Int)
    case months(Int)
    case years(Int)

    static let all: [TimeStep] =
        [1, 5, 15, 30, 60, 180, 360, 720].map(TimeStep.minutes) + [1, 2, 7, 14].map(TimeStep.days) + [1, 3, 6].map(TimeStep.months)
        + [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000].map(TimeStep.years)

    /// The number of the step a moment lies in.
    func number(_ moment: Moment) -> Int {
        switch self {
        case .minutes(let count): moment.days * (1440 / count) + Int(moment.microsecondOfDay / 60_000_000) / count
        case .days(let count): floored(moment.days + 3, by: count)
        case .months(let count): floored(moment.date.year * 12 + moment.date.month - 1, by: count)
        case .years(let count): floored(moment.date.year, by: count)
        }
    }

    /// Where the step of that number begins, on the axis.
    func start(_ number: Int, _ kind: ChartAxis.Kind) -> Double {
        switch self {
        case .minutes(let count): Double(number) * Double(count) * 60_000_000
        case .days(let count): x(ofDay: Double(number * count - 3), kind)
        case .months(let count):
            x(ofDay: day(year: floored(number * count, by: 12), month: (number * count - floored(number * count, by: 12) * 12) + 1), kind)
        case .years(let count): x(ofDay: day(year: number * count, month: 1), kind)
        }
    }

    private func x(ofDay day: Double, _ kind: ChartAxis.Kind) -> Double { kind == .timestamp ? day * Double(Moment.dayLength) : day }

    private func day(year: Int, month: Int) -> Double {
        CalendarDate(year: year, month: month, day: 1).map { Double($0.days) } ?? .infinity
    }

    func label(_ moment: Moment, isFirst: Bool) -> String {
        let date = moment.date.description
        return switch self {
        case .years: String(date.prefix { $0 != "-" })
        case .months: String(date.dropLast(3))
        case .days: date
        case .minutes:
            isFirst || moment.microsecondOfDay == 0
                ? String(moment.text(.timestamp).prefix(16)) : String(moment.text(.timestamp).dropFirst(11).prefix(5))
        }
    }
}

/// A mark below a chart: a column of cells, and what stands there.
struct AxisTick: Hashable {
    let column: Int
    let label: String
    /// The number of the candle it stands below, on an axis of places.
    var place = 0
}

enum TimeTicks {
    /// Marks on an axis whose cells are equal stretches of time: the finest whose labels stand apart.
    static func onTime(_ scale: LinearScale, _ kind: ChartAxis.Kind, width: Int) -> [AxisTick] {
        finest(kind) { step in
            let first = step.number(Moment(scale.lower, kind))
            let last = step.number(Moment(scale.upper, kind))
            guard last - first <= width else { return nil }
            let starts = (first...last).map { step.start($0, kind) }.filter { $0 >= scale.lower && $0 <= scale.upper }
            return starts.enumerated().map { index, start in
                AxisTick(column: scale.cell(start, of: width), label: step.label(Moment(start, kind), isFirst: index == 0))
            }
        }
    }

    /// Marks on an axis with a place for each moment and none between: where a new day, month or year begins.
    static func onPlaces(_ moments: [Double], _ kind: ChartAxis.Kind, width: Int, column: (Int) -> Int) -> [AxisTick] {
        finest(kind) { step in
            var ticks: [AxisTick] = []
            for (index, time) in moments.enumerated() {
                let moment = Moment(time, kind)
                guard index == 0 || step.number(moment) != step.number(Moment(moments[index - 1], kind)) else { continue }
                // Within the first step there is no saying where it began.
                if index == 0, moments.count > 1, step.start(step.number(moment), kind) != time { continue }
                ticks.append(AxisTick(column: column(index), label: step.label(moment, isFirst: ticks.isEmpty), place: index))
            }
            return ticks
        }
    }

    private static func finest(_ kind: ChartAxis.Kind, _ ticks: (TimeStep) -> [AxisTick]?) -> [AxisTick] {
        for step in TimeStep.all {
            if case .minutes = step, kind == .date { continue }
            if let found = ticks(step), !found.isEmpty, standApart(found) { return found }
        }
        return []
    }

    /// By the width of the usual label: the first may be longer, and then hides the next.
    private static func standApart(_ ticks: [AxisTick]) -> Bool {
        let width = ticks.map(\.label.count).min() ?? 0
        return zip(ticks, ticks.dropFirst()).allSatisfy { $0.column + width + 2 <= $1.column }
    }
}
