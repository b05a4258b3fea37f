import Foundation
import Hummingbird
import HummingbirdCore
package import Learning
import Logging
import NIOCore
import ServiceLifecycle

/// Answers predictions of models over HTTP.
package struct PredictionServer: Sendable {
    private let settings: ServerSettings
    private let slots: ModelSlots
    private let reloading: ModelReloading
    let readiness: Readiness
    private let features: (any FeatureSource)?
    private let log: ServerLog
    private let metrics = ServerMetrics()
    private let onReady: @Sendable (_ port: Int, _ models: [ServedModel]) async -> Void

    /// With `features`, requests may name a symbol instead of giving features. `onReady` is called once requests are answered, with the port in use and the models in the order of `selectors`.
    package init(
        _ selectors: [ModelSelector], from source: any ModelSource, features: (any FeatureSource)? = nil,
        settings: ServerSettings = ServerSettings(), log: ServerLog = ServerLog(),
        onReady: @escaping @Sendable (_ port: Int, _ models: [ServedModel]) async -> Void = { _, _ in }
    ) {
        self.settings = settings
        self.features = features
        self.log = log
        self.onReady = onReady
        slots = ModelSlots(selectors)
        readiness = Readiness(slots: slots)
        reloading = ModelReloading(slots: slots, source: source, log: log)
    }

    /// Looks at once whether a selector stands for another version; otherwise this happens every `reloadInterval`.
    package func reload() { reloading.reload() }

    /// Serves until `ends` tells to end, or cancellation; requests under way are answered first. Throws `ServerFault` when the
    /// address cannot be bound, and the source's fault when a model cannot be loaded.
    package func run(until ends: AsyncStream<Void> = AsyncStream { $0.finish() }) async throws {
        try settings.check()
        try reloading.check()
        defer { log.flush() }
        let (ports, bound) = AsyncStream.makeStream(of: Int.self)
        let group = serviceGroup { bound.yield($0) }
        let ending = Task {
            for await _ in ends { await group.triggerGracefulShutdown() }
        }
        defer { ending.cancel() }
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask { try await serve(group) }
            tasks.addTask {
                for await port in ports { return try await keepModels(port) }
            }
            defer { tasks.cancelAll() }
            try await tasks.next()
        }
    }

    private func serve(_ group: ServiceGroup) async throws {
        do {
            try await group.run()
        } catch let fault as IOError {
            throw ServerFault(bindingTo: settings, failedWith: fault)
        } catch  where readiness.isDraining {
            log.note(
                .error, "ended with requests unanswered",
                [("drain_seconds", "\(settings.drainTime)"), ("requests", "\(metrics.unanswered)")])
        }
    }

    private func keepModels(_ port: Int) async throws {
        try reloading.loadAll()
        await onReady(port, slots.all.compactMap(\.model))
        while !Task.isCancelled {
            try await Task.sleep(for: settings.reloadInterval)
            reloading.reload()
        }
    }

    private func serviceGroup(onBound: @escaping @Sendable (Int) -> Void) -> ServiceGroup {
        var logger = Logger(label: "tickbook.server")
        logger.logLevel = .critical
        let (times, connections) = (settings.deadlines, settings.connections())
        let (readiness, bodyLimit) = (readiness, settings.bodyLimit)
        let application = Application(
            responder: reception,
            server: .http1(
                configuration: .init(additionalChannelHandlers: [
                    ConnectionRulesPlacing(readiness: readiness, bodyLimit: bodyLimit), RequestDeadlines(times),
                ])),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.host, port: settings.port), backlog: 1024,
                availableConnectionsDelegate: MaximumAvailableConnections(connections, logger: logger)),
            onServerRunning: { [settings] channel in onBound(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        // Services end from the last to the first, each before the next.
        var configuration = ServiceGroupConfiguration(
            services: [application, Draining(readiness: readiness, delay: settings.drainDelay, log: log)],
            logger: logger)
        configuration.maximumGracefulShutdownDuration = settings.drainDelay + settings.drainTime
        return ServiceGroup(configuration: configuration)
    }

    private var reception: Reception {
        let bodies = BodyReader(limit: settings.bodyLimit, budget: BodyBudget(limit: settings.bodyMemory))
        let entities = features.map {
            EntityPredictions(
                slots: slots, source: $0, queue: LookupQueue(limit: settings.lookupLimit), bodies: bodies, metrics: metrics)
        }
        let models = ["/v2/models/{model}", "/v2/models/{model}/versions/{version}"]
        var routes: [any Route] = [
            HealthRoute(slots: slots), ReadyRoute(readiness: readiness), ModelsRoute(slots: slots), ModelRoute(slots: slots),
            MetricsRoute(metrics: metrics, slots: slots), DocumentationRoute(),
            OpenAPIRoute(slots: slots, needsKey: settings.keys != nil, bodyLimit: settings.bodyLimit, entities: entities),
            InferenceServerRoute(), InferenceLiveRoute(), InferenceReadyRoute(readiness: readiness),
        ]
        routes += ["", "/models/{model}"].map {
            PredictRoute(path: $0 + "/predict", slots: slots, bodies: bodies, metrics: metrics)
        }
        if let entities {
            routes += ["", "/models/{model}"].flatMap { start -> [any Route] in
                [
                    EntityRoute(path: start + "/predict/{symbol}", predictions: entities),
                    BarsRoute(path: start + "/predict/{symbol}/bars", predictions: entities),
                ]
            }
        }
        routes += models.map { InferRoute(path: $0 + "/infer", slots: slots, bodies: bodies, metrics: metrics) }
        routes += models.flatMap { [$0, $0 + "/ready"] }.map { InferenceModelRoute(path: $0, slots: slots) }
        return Reception(
            routes: RouteTable(routes), keys: settings.keys, metrics: metrics, readiness: readiness, log: log,
            logsRequests: settings.logsRequests)
    }
}

extension ServerSettings {
    fileprivate var deadlines: RequestDeadlines.Times {
        RequestDeadlines.Times(
            head: TimeAmount(headTime), body: TimeAmount(bodyTime), answer: TimeAmount(answerTime), idle: TimeAmount(idleTime))
    }

    /// As many as wanted, as far as the system gives files to this process.
    fileprivate func connections() -> Int {
        var files = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &files) == 0 else { return connectionLimit }
        if files.rlim_cur < files.rlim_max {
            var wanted = files
            wanted.rlim_cur = files.rlim_max
            if setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &wanted) == 0 { files = wanted }
        }
        // Some are needed for tables, models and the log.
        return max(1, min(connectionLimit, Int(clamping: files.rlim_cur) - 256))
    }
}
