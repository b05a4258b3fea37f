import Testing

@testable import Language

@Suite struct FormatterPropertyTests {
    private func description(_ statements: [Statement]) -> String { statements.map(\.description).joined(separator: "\n") }

    /// The tree of the code, or its mistakes.
    private func tree(_ code: String) -> String {
        let (statements, diagnostics) = Parser.parse(code)
        return diagnostics.isEmpty ? description(statements) : "mistakes in:\n\(code)\n\(diagnostics.map(\.problem.message))"
    }

    private func commentCount(_ code: String) -> Int {
        Lexer.tokens(in: code, code: SourceSpan(0, code.utf8.count)).tokens.filter { $0.kind == .comment }.count
    }

    @Test(arguments: 0..<10) func printedTreesAreReadAsTheSameTree(block: UInt64) {
        for seed in block * 100..<(block + 1) * 100 {
            var trees = RandomTrees(seed: seed)
            let statements = trees.statements()
            #expect(tree(statements.map(\.code).joined(separator: "\n")) == description(statements), "seed \(seed)")
        }
    }

    @Test(arguments: 0..<10) func formattingKeepsTheTreeAndTheCommentsAndIsIdempotent(block: UInt64) throws {
        for seed in block * 100..<(block + 1) * 100 {
            var trees = RandomTrees(seed: seed)
            let statements = trees.statements()
            let (code, comments) = trees.scrambled(statements.map(\.code).joined(separator: "\n"))
            let formatted = try #require(Formatter.format(code: code), "seed \(seed): \(tree(code))")
            #expect(tree(formatted) == description(statements), "seed \(seed)")
            #expect(commentCount(formatted) == comments, "seed \(seed)")
            #expect(Formatter.format(code: formatted) == formatted, "seed \(seed)")
        }
    }

    /// Any damage to a valid text is answered with a report and never with a crash or an endless loop.
    @Test(arguments: 0..<10) func damagedCodeIsReportedOrReadAndNeverTraps(block: UInt64) {
        for seed in block * 100..<(block + 1) * 100 {
            var trees = RandomTrees(seed: seed)
            var bytes = Array(trees.statements().map(\.code).joined(separator: "\n").utf8)
            for _ in 0..<3 where !bytes.isEmpty {
                let index = Int.random(in: bytes.indices, using: &trees.generator)
                if Bool.random(using: &trees.generator) {
                    bytes.remove(at: index)
                } else {
                    bytes[index] = Array("()[]|=,\"`'!&.9x\n#\\".utf8).randomElement(using: &trees.generator)!
                }
            }
            let code = String(decoding: bytes, as: UTF8.self)
            let (statements, diagnostics) = Parser.parse(code)
            let isInvalid = statements.contains { if case .invalid = $0.kind { true } else { false } }
            #expect(isInvalid == !diagnostics.isEmpty, "seed \(seed): \(code)")
            let rendered = DiagnosticRenderer(path: "x.md", text: code).render(diagnostics)
            #expect(rendered.isEmpty == diagnostics.isEmpty)
        }
    }
}
