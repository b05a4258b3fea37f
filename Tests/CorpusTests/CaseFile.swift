import Foundation

/// A Markdown file of sections, each with fenced blocks: `tick` blocks are given, the others recorded.
///
/// With TICKBOOK_RECORD=1 in the environment the recorded blocks are written anew.
struct CaseFile {
    struct Section {
        var heading: String
        /// What stands between the heading and the first block, as it is.
        var prose: String
        var code: String
        var recorded: [(name: String, content: String)]

        func recorded(_ name: String) -> String? { recorded.first { $0.name == name }?.content }
    }

    static let isRecording = ProcessInfo.processInfo.environment["TICKBOOK_RECORD"] == "1"
    static let testsFolder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    static let repository = testsFolder.deletingLastPathComponent().deletingLastPathComponent()

    let url: URL
    private(set) var introduction = ""
    private(set) var sections: [Section] = []

    init(_ name: String) throws {
        url = Self.testsFolder.appendingPathComponent("Cases/\(name).md")
        var block: (name: String, lines: [String])?
        for line in try String(contentsOf: url, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false) {
            if let open = block {
                guard line == "~~~" else {
                    block!.lines.append(String(line))
                    continue
                }
                let content = open.lines.joined(separator: "\n")
                if open.name == "tick" {
                    sections[sections.count - 1].code = content
                } else {
                    sections[sections.count - 1].recorded.append((open.name, content))
                }
                block = nil
            } else if line.hasPrefix("~~~") {
                block = (String(line.dropFirst(3)), [])
            } else if line.hasPrefix("## ") {
                sections.append(Section(heading: String(line.dropFirst(3)), prose: "", code: "", recorded: []))
            } else if sections.isEmpty {
                introduction += line + "\n"
            } else if !line.isEmpty {
                sections[sections.count - 1].prose += line + "\n"
            }
        }
    }

    /// Writes the sections with these blocks as the recorded ones.
    func record(_ blocks: [[(name: String, content: String)]]) throws {
        var text = introduction.trimmingCharacters(in: .newlines) + "\n"
        for (section, recorded) in zip(sections, blocks) {
            text += "\n## \(section.heading)\n\n"
            if !section.prose.isEmpty { text += section.prose + "\n" }
            text += "~~~tick\n\(section.code)\n~~~\n"
            for block in recorded { text += "~~~\(block.name)\n\(block.content)\n~~~\n" }
        }
        try text.write(to: url, atomically: true, encoding: .utf8)
    }

    static var names: [String] {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: testsFolder.appendingPathComponent("Cases").path)) ?? []
        return files.filter { $0.hasSuffix(".md") }.map { String($0.dropLast(3)) }.sorted()
    }
}
