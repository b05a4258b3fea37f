import Foundation
import PluginHost

/// The trees of a model that LightGBM fitted, from its text format.
///
/// Source: `Tree::ToString` and `GBDT::SaveModelToString` of LightGBM 4: a header of `key=value` lines, then for each tree a block that
/// begins with `Tree=`. A child below zero is leaf `-child - 1`. Of `decision_type`, bit 0 is a category, bit 1 "missing goes left", bits
/// 2 and 3 what is missing: 0 nothing, 1 zeros, 2 NaN.
struct LightGBMTrees {
    struct Tree {
        let features: [Int]
        let thresholds: [Double]
        /// Where NaN goes.
        let missingGoesLeft: [Bool]
        let left: [Int]
        let right: [Int]
        let leaves: [Double]
    }

    let trees: [Tree]
    /// The probability is `1 / (1 + e^(-steepness · sum of leaves))`.
    let steepness: Double

    init(of model: PluginModel, _ name: String) throws(LearningFault) {
        guard model.code.plugin == "lightgbm", model.code.name == "lightgbm" else {
            throw LearningFault(
                "\(name) was fitted by plugin '\(model.code.plugin)', whose models only its own code can read, so it has no form in ONNX;"
                    + " use --format native")
        }
        do throws(Unreadable) {
            try self.init(text: String(decoding: model.bytes, as: UTF8.self))
        } catch {
            throw LearningFault("\(name) cannot be written as ONNX: \(error.reason); use --format native, LightGBM's own text")
        }
    }

    struct Unreadable: Error { let reason: String }

    init(text: String) throws(Unreadable) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).prefix { !$0.hasPrefix("end of trees") }
        var blocks = lines.split(omittingEmptySubsequences: false) { $0.hasPrefix("Tree=") }
        let header = Self.members(of: blocks.removeFirst())
        guard let objective = header["objective"]?.split(separator: " "), objective.first == "binary",
            let steepness = objective.dropFirst().first.flatMap({ Double($0.dropFirst("sigmoid:".count)) })
        else { throw Unreadable(reason: "its objective is '\(header["objective"] ?? "")', not binary") }
        guard header["num_tree_per_iteration"] == "1", header["average_output"] == nil else {
            throw Unreadable(reason: "its trees are not simply added up")
        }
        self.steepness = steepness
        var trees: [Tree] = []
        for block in blocks { trees.append(try Self.tree(Self.members(of: block))) }
        guard !trees.isEmpty else { throw Unreadable(reason: "it has no trees") }
        self.trees = trees
    }

    private static func members(of lines: ArraySlice<Substring>) -> [String: String] {
        var members: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            members[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
        }
        return members
    }

    private static func tree(_ members: [String: String]) throws(Unreadable) -> Tree {
        func numbers<Number: LosslessStringConvertible>(_ key: String, _ count: Int) throws(Unreadable) -> [Number] {
            let found = (members[key] ?? "").split(separator: " ").map { Number(String($0)) }
            guard found.count == count, !found.contains(where: { $0 == nil }) else {
                throw Unreadable(reason: "a tree's \(key) is not \(count) numbers")
            }
            return found.compactMap(\.self)
        }
        guard let leaves = members["num_leaves"].flatMap(Int.init), leaves > 0 else { throw Unreadable(reason: "a tree has no leaves") }
        guard members["num_cat"] == "0", members["is_linear", default: "0"] == "0" else {
            throw Unreadable(reason: "its trees have categories or linear leaves")
        }
        let splits = leaves - 1
        let kinds: [Int] = try numbers("decision_type", splits)
        guard kinds.allSatisfy({ $0 & 1 == 0 && $0 >> 2 & 3 != 1 }) else {
            throw Unreadable(reason: "its trees take zero for a missing value")
        }
        let thresholds: [Double] = try numbers("threshold", splits)
        return Tree(
            features: try numbers("split_feature", splits), thresholds: thresholds,
            missingGoesLeft: zip(kinds, thresholds).map { kind, threshold in kind >> 2 & 3 == 2 ? kind & 2 != 0 : 0 <= threshold },
            left: try numbers("left_child", splits), right: try numbers("right_child", splits), leaves: try numbers("leaf_value", leaves))
    }
}

extension ONNXExport {
    /// One `TreeEnsembleRegressor` of `ai.onnx.ml`, whose thresholds are doubles but whose sums are singles: so it sums three parts of
    /// each leaf, each exactly, and they are put together as doubles.
    static func margin(of model: LightGBMTrees, _ graph: inout ONNXGraph) -> String {
        let parts = LeafParts(model.trees)
        let sums = graph.add("TreeEnsembleRegressor", ["features"], TreeNodes(model.trees, parts).attributes, domain: "ai.onnx.ml")
        let exact = graph.add("Cast", [sums], ["to": .int(ONNXGraph.ElementType.double.rawValue)])
        let steepness = [Double](repeating: model.steepness, count: LeafParts.count)
        return graph.add("MatMul", [exact, graph.constant(steepness, [LeafParts.count, 1])])
    }
}

/// A leaf's value as a sum of numbers with few digits, the large ones first: sums of one part over all trees fit a single's 24 bits.
private struct LeafParts {
    static let count = 3
    private static let bits = 23

    /// The digit that each part ends with.
    private let units: [Double]

    init(_ trees: [LightGBMTrees.Tree]) {
        var greatest = trees.reduce(0) { $0 + ($1.leaves.map(abs).max() ?? 0) }
        var units: [Double] = []
        for _ in 0..<Self.count {
            let unit = greatest > 0 ? scalbn(1, Int(greatest.exponent) + 1 - Self.bits) : 0
            units.append(unit)
            greatest = Double(trees.count) * unit / 2
        }
        self.units = units
    }

    func of(_ value: Double) -> [Double] {
        var rest = value
        return units.map { unit in
            let part = unit > 0 ? (rest / unit).rounded() * unit : 0
            rest -= part
            return part
        }
    }
}

/// The nodes of all trees as `ai.onnx.ml` lists them: the splits of a tree, then its leaves.
private struct TreeNodes {
    private var trees: [Int] = []
    private var identifiers: [Int] = []
    private var features: [Int] = []
    private var modes: [String] = []
    private var thresholds: [Double] = []
    private var whenTrue: [Int] = []
    private var whenFalse: [Int] = []
    private var missingIsTrue: [Int] = []
    private var leafTrees: [Int] = []
    private var leafIdentifiers: [Int] = []
    private var leafParts: [Int] = []
    private var leafValues: [Double] = []

    init(_ trees: [LightGBMTrees.Tree], _ parts: LeafParts) {
        for (index, tree) in trees.enumerated() { add(tree, index, parts) }
    }

    private mutating func add(_ tree: LightGBMTrees.Tree, _ index: Int, _ parts: LeafParts) {
        let splits = tree.features.count
        let place = { (child: Int) in child < 0 ? splits + (-child - 1) : child }
        for split in 0..<splits {
            node(index, split, "BRANCH_LEQ", tree.features[split], tree.thresholds[split], tree.missingGoesLeft[split])
            whenTrue.append(place(tree.left[split]))
            whenFalse.append(place(tree.right[split]))
        }
        for (leaf, value) in tree.leaves.enumerated() {
            node(index, splits + leaf, "LEAF", 0, 0, false)
            whenTrue.append(0)
            whenFalse.append(0)
            for (part, value) in parts.of(value).enumerated() {
                leafTrees.append(index)
                leafIdentifiers.append(splits + leaf)
                leafParts.append(part)
                leafValues.append(value)
            }
        }
    }

    private mutating func node(_ tree: Int, _ identifier: Int, _ mode: String, _ feature: Int, _ threshold: Double, _ missing: Bool) {
        trees.append(tree)
        identifiers.append(identifier)
        modes.append(mode)
        features.append(feature)
        thresholds.append(threshold)
        missingIsTrue.append(missing ? 1 : 0)
    }

    var attributes: KeyValuePairs<String, ONNXGraph.Attribute> {
        [
            "n_targets": .int(LeafParts.count), "aggregate_function": .text("SUM"), "post_transform": .text("NONE"),
            "nodes_treeids": .ints(trees),
            "nodes_nodeids": .ints(identifiers), "nodes_featureids": .ints(features), "nodes_modes": .texts(modes),
            "nodes_values_as_tensor": .doubles(thresholds), "nodes_truenodeids": .ints(whenTrue), "nodes_falsenodeids": .ints(whenFalse),
            "nodes_missing_value_tracks_true": .ints(missingIsTrue), "target_treeids": .ints(leafTrees),
            "target_nodeids": .ints(leafIdentifiers), "target_ids": .ints(leafParts),
            "target_weights_as_tensor": .doubles(leafValues),
        ]
    }
}
