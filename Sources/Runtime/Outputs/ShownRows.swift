package import Columnar
package import Language

/// Rows to show, read by whoever shows them.
package struct ShownRows {
    package let stream: any RecordBatchStream
    /// As what they are asked for; nil where nothing is said.
    package let format: RowsFormat?
    /// The pipeline on one line, as it can be typed again.
    package let code: String
    /// When their query began.
    package let began: ContinuousClock.Instant

    package init(stream: any RecordBatchStream, format: RowsFormat? = nil, code: String, began: ContinuousClock.Instant = .now) {
        self.stream = stream
        self.format = format
        self.code = code
        self.began = began
    }
}

extension LoadedNotebook {
    /// The pipeline of a statement, on one line.
    package func code(ofPipeline statement: CheckedStatement) -> String {
        let found = tree.cells.lazy.flatMap(\.statements).first { $0.span == statement.span }
        return switch found?.kind {
        case .show(let pipeline, _), .pipeline(let pipeline), .plot(let pipeline, _): pipeline.code
        default: ""
        }
    }
}
