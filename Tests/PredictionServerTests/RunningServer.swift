import Columnar
import Foundation
import Learning
import PredictionServer
import Synchronization

/// A served model with three features: a double, a double and a third of the type given.
func servedModel(_ name: String = "stock_direction", version: Int = 1, third: DataType = .double) -> ServedModel {
    let features = [Field("daily_return", .double), Field("ma_7", .double), Field("third", third)]
    return ServedModel(name: name, version: version, features: features) { rows, probabilities in
        for row in probabilities.indices { probabilities[row] = probability(of: Array(rows[row * 3..<row * 3 + 3])) }
    }
}

/// What `servedModel` gives.
func probability(of row: [Double]) -> Double {
    let margin = row[0] * 15 - (row[1] - 1500) * 0.002 + row[2] * 0.1 + 0.01
    return 1 / (1 + exp(-margin))
}

/// A server that runs for as long as a test needs it.
struct RunningServer: Sendable {
    let client: HTTPClient
    let server: PredictionServer
    let models: InMemoryModels
    let logged: LoggedLines
}

/// What a server has logged.
final class LoggedLines: Sendable {
    private let bytes = Mutex<[UInt8]>([])

    func add(_ more: [UInt8]) { bytes.withLock { $0 += more } }

    var objects: [[String: Any]] {
        bytes.withLock { $0 }.split(separator: UInt8(ascii: "\n")).compactMap {
            (try? JSONSerialization.jsonObject(with: Data($0))) as? [String: Any]
        }
    }

    var lineCount: Int { bytes.withLock { $0 }.split(separator: UInt8(ascii: "\n")).count }
}

/// Runs a server on a free port for as long as `body` takes.
func withServer(
    _ models: [ServedModel] = [servedModel()], selectors: [ModelSelector]? = nil, aliases: [String: Int] = [:],
    settings: ServerSettings = ServerSettings(), logged: LoggedLines = LoggedLines(), _ body: @Sendable (RunningServer) async throws -> Void
) async throws {
    let source = InMemoryModels(models)
    for (alias, version) in aliases { source.point(alias, at: version) }
    let (ports, report) = AsyncStream.makeStream(of: Int.self)
    var settings = settings
    settings.port = 0
    // Tests move models themselves.
    settings.reloadInterval = .seconds(3600)
    let server = PredictionServer(
        selectors ?? [ModelSelector(models[0].name)], from: source, settings: settings, log: ServerLog { logged.add($0) }
    ) { port, _ in report.yield(port) }
    try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask {
            defer { report.finish() }
            try await server.run()
        }
        for await port in ports {
            try await body(RunningServer(client: HTTPClient(port: port), server: server, models: source, logged: logged))
            break
        }
        group.cancelAll()
        while let _ = try? await group.next() {}
    }
}
