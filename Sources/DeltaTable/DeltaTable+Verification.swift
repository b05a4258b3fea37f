extension DeltaTable {
    /// What is wrong with the log itself, in words: commits that are missing, checkpoints that disagree with the commits they stand for.
    package func logFaults() -> [String] {
        do {
            let listing = try listing()
            let gaps = listing.gaps.map { "\(logFileName($0)) is missing" }
            guard gaps.isEmpty, listing.firstOfAll == 0 else { return gaps }
            return listing.bases.suffix(2).compactMap { base in disagreement(of: base, listing) }
        } catch {
            return ["\(error)"]
        }
    }

    private func disagreement(of base: LogListing.Base, _ listing: LogListing) -> String? {
        do {
            let committed = try reconciled(at: base.version, listing, fromStart: true).adds
            var summed = ReconciledActions()
            guard let actions = try actions(of: base) else { return nil }
            try summed.apply(actions)
            let same = summed.adds.count == committed.count && summed.adds.allSatisfy { $1["size"] == committed[$0]?["size"] }
            return same ? nil : "\(base.name) names other files than the commits up to version \(base.version)"
        } catch {
            return "\(error)"
        }
    }
}
