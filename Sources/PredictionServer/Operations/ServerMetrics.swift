import Foundation
import Learning
import Synchronization

/// What the server has done since it started, as `GET /metrics` tells it.
final class ServerMetrics: Sendable {
    /// Upper bounds of the latency histogram, in seconds.
    private static let bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5]

    private struct RouteCounts {
        var byStatus: [Int: Int] = [:]
        /// Requests within each bound and above the one before; the last is above all.
        var buckets = [Int](repeating: 0, count: ServerMetrics.bounds.count + 1)
        var seconds = 0.0
    }

    private let routes = Mutex<[String: RouteCounts]>([:])
    private let inFlight = Atomic<Int>(0)
    private let predictions = Atomic<Int>(0)

    private let cutOff = Atomic<Int>(0)

    /// Requests that got no answer because the server ended.
    var unanswered: Int { inFlight.load(ordering: .relaxed) + cutOff.load(ordering: .relaxed) }

    func noteCutOff() { cutOff.wrappingAdd(1, ordering: .relaxed) }

    func begin() { inFlight.wrappingAdd(1, ordering: .relaxed) }

    func end(route: String, status: Int, seconds: Double) {
        inFlight.wrappingSubtract(1, ordering: .relaxed)
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        routes.withLock { routes in
            routes[route, default: RouteCounts()].byStatus[status, default: 0] += 1
            routes[route]!.buckets[bucket] += 1
            routes[route]!.seconds += seconds
        }
    }

    func notePredictions(_ count: Int) { predictions.wrappingAdd(count, ordering: .relaxed) }

    /// Source: Prometheus text exposition format 0.0.4.
    func text(of slots: ModelSlots) -> String {
        var text = MetricsText()
        writeRequests(to: &text)
        text.family("tickbook_requests_in_flight", "gauge", "Requests being answered.")
        text.sample("tickbook_requests_in_flight", [], "\(inFlight.load(ordering: .relaxed))")
        text.family("tickbook_predictions_total", "counter", "Rows predicted.")
        text.sample("tickbook_predictions_total", [], "\(predictions.load(ordering: .relaxed))")
        writeModels(slots, to: &text)
        return text.text
    }

    private func writeRequests(to text: inout MetricsText) {
        let routes = routes.withLock { $0 }.sorted { $0.key < $1.key }
        text.family("tickbook_requests_total", "counter", "Requests answered.")
        for (route, counts) in routes {
            for (status, count) in counts.byStatus.sorted(by: { $0.key < $1.key }) {
                text.sample("tickbook_requests_total", [("route", route), ("status", "\(status)")], "\(count)")
            }
        }
        text.family("tickbook_request_duration_seconds", "histogram", "Time from a request's head to its answer.")
        for (route, counts) in routes {
            var count = 0
            for (bound, inBucket) in zip(Self.bounds.map { "\($0)" } + ["+Inf"], counts.buckets) {
                count += inBucket
                text.sample("tickbook_request_duration_seconds_bucket", [("route", route), ("le", bound)], "\(count)")
            }
            text.sample("tickbook_request_duration_seconds_sum", [("route", route)], "\(counts.seconds)")
            text.sample("tickbook_request_duration_seconds_count", [("route", route)], "\(count)")
        }
    }

    private func writeModels(_ slots: ModelSlots, to text: inout MetricsText) {
        let states = slots.all.map { ([("model", $0.selector.description)], $0.state) }
        text.family("tickbook_model_version", "gauge", "The version that answers, 0 before one is loaded.")
        for (labels, state) in states { text.sample("tickbook_model_version", labels, "\(state.model?.version ?? 0)") }
        text.family("tickbook_model_last_reload_timestamp_seconds", "gauge", "When the model was loaded last, 0 before that.")
        for (labels, state) in states {
            text.sample("tickbook_model_last_reload_timestamp_seconds", labels, "\(state.loaded?.timeIntervalSince1970 ?? 0)")
        }
        text.family("tickbook_model_reload_failures_total", "counter", "Reloads that failed; the version before went on answering.")
        for (labels, state) in states { text.sample("tickbook_model_reload_failures_total", labels, "\(state.failedReloads)") }
    }
}

/// Metrics being written.
private struct MetricsText {
    private(set) var text = ""

    mutating func family(_ name: String, _ type: String, _ help: String) {
        text += "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: String) {
        text += name
        if !labels.isEmpty { text += "{" + labels.map { "\($0)=\"\(Self.escaped($1))\"" }.joined(separator: ",") + "}" }
        text += " \(value)\n"
    }

    private static func escaped(_ value: String) -> String {
        value.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"").replacing("\n", with: "\\n")
    }
}
