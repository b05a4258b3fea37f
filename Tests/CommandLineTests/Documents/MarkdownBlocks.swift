import Foundation

/// The fenced blocks of a document, and its other lines, in order; joined again they are the document.
struct MarkdownBlocks {
    enum Piece: Hashable {
        case line(String)
        case block(Block)
    }

    struct Block: Hashable {
        let fence: String
        /// The words behind the fence.
        let words: [String]
        var lines: [String]
        let number: Int

        var kind: String { words.first ?? "" }
    }

    var pieces: [Piece] = []

    init(_ text: String) {
        var open: Block?
        for (index, line) in text.components(separatedBy: "\n").enumerated() {
            let fence = String(line.prefix { $0 == "`" })
            if var block = open {
                if line == block.fence {
                    pieces.append(.block(block))
                    open = nil
                } else {
                    block.lines.append(line)
                    open = block
                }
            } else if fence.count >= 3 {
                let words = line.dropFirst(fence.count).split(separator: " ").map(String.init)
                open = Block(fence: fence, words: words, lines: [], number: index + 1)
            } else {
                pieces.append(.line(line))
            }
        }
    }

    var blocks: [Block] { pieces.compactMap { if case .block(let block) = $0 { block } else { nil } } }

    var text: String {
        pieces.flatMap { piece in
            switch piece {
            case .line(let line): [line]
            case .block(let block): [block.fence + block.words.joined(separator: " ")] + block.lines + [block.fence]
            }
        }.joined(separator: "\n")
    }
}

/// A block of kind `console`: commands behind `$ `, each with what it prints; what is typed into a session stands behind its prompt.
struct ConsoleBlock {
    struct Step {
        /// The command's lines.
        var command: [String]
        /// What is typed into the session that the command opens.
        var entries: [Entry] = []
        /// All lines below the command, as the document shows them.
        var shown: [String] = []
    }

    struct Entry {
        /// With their prompts.
        var shown: [String]
        var typed: [String]
    }

    private(set) var steps: [Step] = []
    private static var prompt: Regex<Substring> { #/^(?:[A-Za-z_]+(?::[A-Za-z0-9_-]+)?\*?|…)> /# }

    init(_ lines: [String]) {
        for line in lines {
            if line.hasPrefix("$ ") {
                steps.append(Step(command: [String(line.dropFirst(2))]))
            } else if let last = steps.last, last.shown.isEmpty, last.command.last!.hasSuffix("\\") {
                steps[steps.count - 1].command.append(line)
            } else if !steps.isEmpty {
                steps[steps.count - 1].add(line, typed: line.prefixMatch(of: Self.prompt).map { String(line[$0.range.upperBound...]) })
            }
        }
    }
}

extension ConsoleBlock.Step {
    fileprivate mutating func add(_ line: String, typed: String?) {
        shown.append(line)
        guard let typed else { return }
        if line.hasPrefix("…"), !entries.isEmpty {
            entries[entries.count - 1].shown.append(line)
            entries[entries.count - 1].typed.append(typed)
        } else {
            entries.append(ConsoleBlock.Entry(shown: [line], typed: [typed]))
        }
    }
}
