extension TableMetadata {
    /// Seven days, in milliseconds: Delta's own default.
    static let defaultRetention: Int64 = 168 * 3_600_000

    /// How long a removed data file stays on disk at least, in milliseconds; `delta.deletedFileRetentionDuration` where it is set.
    package var deletedFileRetention: Int64 {
        configuration["delta.deletedFileRetentionDuration"].flatMap(TableMetadata.milliseconds(ofInterval:))
            ?? TableMetadata.defaultRetention
    }

    /// `interval 30 days`, `interval 1 week 12 hours`; nil where it says nothing known.
    static func milliseconds(ofInterval text: String) -> Int64? {
        var words = text.lowercased().split(separator: " ").map(String.init)
        if words.first == "interval" { words.removeFirst() }
        guard !words.isEmpty, words.count.isMultiple(of: 2) else { return nil }
        var total: Int64 = 0
        for place in stride(from: 0, to: words.count, by: 2) {
            let unit = words[place + 1].hasSuffix("s") ? String(words[place + 1].dropLast()) : words[place + 1]
            guard let count = Int64(words[place]), let length = units[unit] else { return nil }
            total += count * length
        }
        return total
    }

    private static let units: [String: Int64] = [
        "week": 7 * 86_400_000, "day": 86_400_000, "hour": 3_600_000, "minute": 60_000, "second": 1_000, "millisecond": 1,
    ]
}
