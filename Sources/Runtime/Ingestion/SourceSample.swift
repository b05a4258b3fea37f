import Columnar
import Engine
import Language
import Planner

/// The first rows of a CSV file, asked whether the types found by looking are what the file's author meant.
struct SourceSample {
    let file: SourceFile
    let columns: Schema
    let options: CSVOptions
    private static let rowCount = 20_480

    /// A condition on a column's text, and what to say of a value that fails it.
    private struct Question {
        let column: String
        let condition: String
        /// Whether it is wrong only where at least half of the values meet the condition.
        let isOfMost: Bool
        let words: (_ stray: String) -> (reason: String, remedy: String)
    }

    /// Returns the number of rows looked at. Throws where a column of numbers or dates holds something else here and there, and
    /// where the order of day and month would be a guess.
    func check(_ provider: EngineProvider) throws(SourceFault) -> Int {
        try SourceFault.reporting(file, options) {
            let opened = try provider.get()
            let questions = questions(opened.dialect)
            let answers = try answers(questions, opened)
            for (index, question) in questions.enumerated() {
                let (all, meeting, stray) = (answers[3 * index + 1].count, answers[3 * index + 2].count, answers[3 * index + 3])
                guard !stray.isNull, !question.isOfMost || meeting * 2 >= all else { continue }
                if question.isOfMost, options.header == false, meeting == all - 1 { try refuseHeader(question.column, stray, opened) }
                let (reason, remedy) = question.words(stray.description)
                throw SourceFault.unreadable(path: file.path, reason: reason, remedy: remedy)
            }
            return answers[0].count
        }
    }

    /// Throws where the one value that is unlike the others stands in the first line, as a column's name does.
    private func refuseHeader(_ column: String, _ stray: Value, _ opened: EngineProvider.Opened) throws {
        let first = try read("SELECT *", rowCount: 1, opened)
        let values = first.flatMap(\.columns).map { $0[0] }
        guard let index = columns.names.firstIndex(where: { opened.dialect.identifier($0) == column }), values[index] == stray else {
            return
        }
        throw SourceFault.unreadable(
            path: file.path, reason: "its first line looks like a header: \(values.map(\.description).joined(separator: ", "))",
            remedy: "leave header = false out, then the columns have these names")
    }

    private func questions(_ dialect: any SQLDialect) -> [Question] {
        columns.fields.flatMap { field -> [Question] in
            let column = dialect.identifier(field.name)
            switch field.type {
            case .string where !options.types.contains { $0.name == field.name }:
                return [(DataType.double, "numbers"), (.date, "dates")].map { type, kind in
                    Question(column: column, condition: "TRY_CAST(\(column) AS \(dialect.typeName(type))) IS NOT NULL", isOfMost: true) {
                        (
                            "column '\(field.name)' holds \(kind), but also '\($0)'",
                            "write null_text = \"\($0)\" if that stands for no value, types = types(\(field.name) = \(type.rawValue)) to refuse "
                                + "such lines, or types(\(field.name) = string)"
                        )
                    }
                }
            case .date where options.dateFormat == nil:
                return [order(of: field.name, column, "date_format = \"dd/mm/yyyy\" or \"mm/dd/yyyy\"")]
            case .timestamp where options.timestampFormat == nil:
                return [order(of: field.name, column, "timestamp_format = \"%d/%m/%Y %H:%M\" or as it is")]
            default: return []
            }
        }
    }

    private func order(of name: String, _ column: String, _ remedy: String) -> Question {
        Question(column: column, condition: "NOT regexp_matches(\(column), '^[0-9]{1,2}[^0-9][0-9]{1,2}[^0-9][0-9]{2,4}')", isOfMost: false)
        {
            ("column '\(name)' holds '\($0)', which may be read in several ways", "name its form: \(remedy)")
        }
    }

    /// The number of rows, then for each question: values, values that meet its condition, and the least that doesn't.
    private func answers(_ questions: [Question], _ opened: EngineProvider.Opened) throws -> [Value] {
        let aggregates = questions.flatMap {
            [
                "COUNT(\($0.column))", "COUNT(CASE WHEN \($0.condition) THEN 1 END)",
                "MIN(CASE WHEN NOT (\($0.condition)) THEN \($0.column) END)",
            ]
        }
        let batches = try read("SELECT \((["COUNT(*)"] + aggregates).joined(separator: ", "))", rowCount: Self.rowCount, opened)
        return batches[0].columns.map { $0[0] }
    }

    /// A query over the file's first rows as text.
    private func read(_ select: String, rowCount: Int, _ opened: EngineProvider.Opened) throws -> [RecordBatch] {
        let notes = "sample_\(StreamNumber.next())"
        var options = options
        options.types = []
        let text = Schema(columns.fields.map { Field($0.name, .string) })
        let rows = "SELECT * FROM \(opened.dialect.csv(file.absolutePath, options, text, notes: notes)) LIMIT \(rowCount)"
        let forgetting = FollowUp(sql: "SELECT 1", cleanUp: opened.dialect.forget(notes: notes)) { _ in }
        return try opened.engine.query("\(select)\nFROM (\(rows)) AS sample", inputs: [:], followUp: forgetting).collect()
    }
}

extension Value {
    fileprivate var count: Int { if case .int(let count) = self { Int(count) } else { 0 } }
}
