import Columnar
import DeltaTable
import Engine
import Foundation
import Indicators
import Language
import Learning
import Planner
import PluginHost

/// Brings one model up to date: a new version when its definition or the rows it learns from changed.
struct ModelEvaluator {
    let context: RunContext
    let fullRefresh: Bool
    /// Whose tables the features come from, for the account of a fit.
    var notebook: CheckedNotebook?

    /// Why the model would be fitted anew; nil when it is up to date.
    func staleness(_ name: String, _ model: CheckedModel) throws -> Staleness? {
        let inputs = try InputTables.pinned(model.pipeline.tables, context)
        return try staleness(
            context.workspace.models.latestMetadata(name)?.metadata, hash: DefinitionHash.of(model, reading: inputs, in: context.workspace),
            inputs: inputs, plan: PipelinePlanner.plan(samplesOf: model))
    }

    func evaluate(_ name: String, _ model: CheckedModel) throws -> ModelOutcome {
        let inputs = try InputTables.pinned(model.pipeline.tables, context)
        let versions = inputs.mapValues(\.version)
        let hash = try DefinitionHash.of(model, reading: inputs, in: context.workspace)
        let latestVersion = try context.workspace.models.latest(name)
        let latest = try context.workspace.models.latestMetadata(name)
        let plan = PipelinePlanner.plan(samplesOf: model)
        guard let staleness = try staleness(latest?.metadata, hash: hash, inputs: inputs, plan: plan) else {
            return outcome(name, latest!.version, latest!.metadata)
        }
        let start = ContinuousClock.now
        let specification = specification(of: model)
        let trained = try fit(plan, specification, inputs)
        try context.provider.checkCancellation()
        let lineage = lineage
        let metadata = ModelMetadata(
            name: name, trained: trained, specification: specification, target: lineage.target(of: model), inputVersions: versions,
            definitionHash: hash, engine: try context.provider.get().engine.name, libraryVersion: TickbookVersion.current,
            created: Date.now.formatted(.iso8601), definitions: lineage.definitions(of: model),
            plugins: try UsedPlugins(context: context).of(model, plan, reading: versions),
            featuresHash: try DefinitionHash.ofFeatures(of: model, reading: inputs, in: context.workspace))
        Failpoint.beforeModel.reach()
        let version = try context.workspace.models.save(trained.classifier, metadata, since: latestVersion ?? 0) {
            Failpoint.beforeModelRename.reach()
        }
        Failpoint.afterModel.reach()
        var outcome = outcome(name, version, metadata)
        outcome.staleness = staleness
        outcome.warnings = trained.report.warnings
        outcome.seconds = start.elapsedSeconds
        return outcome
    }

    private func staleness(_ latest: ModelMetadata?, hash: String, inputs: [String: Snapshot], plan: PipelinePlan) throws -> Staleness? {
        guard let latest else { return .neverMade }
        if fullRefresh { return .fullRefresh }
        if latest.definitionHash != hash { return .definitionChanged }
        let advances = try Staleness.advances(recorded: latest.inputVersions, now: inputs, for: plan, in: context)
        return advances.isEmpty ? nil : .inputsAdvanced(advances)
    }

    private func fit(_ plan: PipelinePlan, _ specification: TrainingSpecification, _ inputs: [String: Snapshot]) throws -> TrainedModel {
        let executor = PlanExecutor(provider: context.provider, workspace: context.workspace, snapshots: inputs)
        let (samples, _) = try executor.stream(plan)
        let (provider, progress) = (context.provider, context.progress)
        progress.expect(rows: expectedRows(inputs))
        let counted = CancellableStream(input: samples, provider: provider) { batch in
            if let batch { progress.count(batch.count) } else { progress.enter("fitting") }
        }
        return try Trainer(spoolFolder: context.workspace.temporaryFolder()) { try provider.checkCancellation() }
            .fit(samples: counted, specification: specification)
    }

    /// Those of the one table that is read.
    private func expectedRows(_ inputs: [String: Snapshot]) -> Int? { inputs.count == 1 ? inputs.values.first?.rowCount : nil }

    private var lineage: FeatureLineage {
        let tables = (notebook?.statements ?? []).compactMap { statement -> (String, CheckedPipeline)? in
            if case .table(let name, let pipeline) = statement.kind { (name, pipeline) } else { nil }
        }
        let definitions = BuiltinIndicators.byName.merging(context.workspace.plugins.definitions) { builtin, _ in builtin }
        return FeatureLineage(tables: Dictionary(tables) { first, _ in first }) { definitions[$0]?.function }
    }

    private func specification(of model: CheckedModel) -> TrainingSpecification {
        TrainingSpecification(
            features: model.features.map(\.name), target: SampleColumn.target, targetName: model.target.name,
            entity: model.key.entity, time: model.key.time, labelEnd: SampleColumn.labelEnd, split: model.split.map(SampleSplit.init),
            calibration: model.calibration.map(CalibrationParameters.init), method: method(of: model.classifier))
    }

    private func method(of classifier: CheckedClassifier) -> FittingMethod {
        switch classifier {
        case .logistic(let parameters):
            var logistic = Learning.LogisticParameters()
            logistic.inverseRegularization = parameters.inverseRegularization
            logistic.penalty = parameters.penalty == .none ? .none : .l2
            logistic.classWeight = parameters.classWeight == .balanced ? .balanced : .none
            logistic.standardize = parameters.standardize
            logistic.tolerance = parameters.tolerance
            logistic.maximumIterations = parameters.maximumIterations
            return .logistic(logistic)
        case .plugin(let fit):
            guard let model = context.workspace.plugins.model(fit.identity) else {
                preconditionFailure("\(fit.identity) was checked, so its plugin is loaded")
            }
            return .plugin(model, fit.settings.map(\.value))
        }
    }

    private func outcome(_ name: String, _ version: Int, _ metadata: ModelMetadata) -> ModelOutcome {
        let (metrics, isHeldOut) = metadata.report.judgement
        return ModelOutcome(
            name: name, version: version, trainRows: metadata.report.rows.train, testRows: metadata.report.rows.test,
            isHeldOut: isHeldOut, accuracy: metrics.accuracy, majorityAccuracy: metrics.majorityAccuracy,
            areaUnderCurve: metrics.areaUnderCurve, baseRate: metrics.baseRate, foldCount: metadata.report.folds?.count)
    }
}

/// Ends with a fault soon after the run was interrupted.
final class CancellableStream: RecordBatchStream {
    let schema: Schema
    private let input: any RecordBatchStream
    private let provider: EngineProvider
    /// Told of every batch, and by nil of the end.
    private let observe: (RecordBatch?) -> Void

    init(input: any RecordBatchStream, provider: EngineProvider, observe: @escaping (RecordBatch?) -> Void = { _ in }) {
        self.input = input
        self.provider = provider
        self.observe = observe
        schema = input.schema
    }

    func next() throws -> RecordBatch? {
        try provider.checkCancellation()
        let batch = try input.next()
        observe(batch)
        return batch
    }
}

/// The release that made a model or a bundle.
package enum TickbookVersion {
    package static let current = "0.1.0"
}
