import Columnar

extension SourceFault {
    package var message: String {
        switch self {
        case .noFiles(let glob, _): "no file matches '\(glob)'"
        case .emptyFile(let path): "'\(path)' is empty"
        case .unreadable(let path, let reason, _): "'\(path)' cannot be read: \(reason)"
        case .missingColumn(let path, let column, _): "'\(path)' has no column '\(column)'"
        case .engineUnavailable(let reason, _): reason
        }
    }

    package var expected: String? {
        switch self {
        case .noFiles(_, let folder): "a path from the workspace '\(folder)', with * and ** as wildcards"
        case .emptyFile: "a header line and rows"
        case .missingColumn(_, _, let found): "the columns of the other files; it has: \(found.joined(separator: ", "))"
        case .unreadable, .engineUnavailable: nil
        }
    }

    package var help: String? {
        switch self {
        case .noFiles: "put files there, or change the path"
        case .emptyFile: "delete the file or fill it, then run again"
        case .missingColumn: "mend or move the file, then run again"
        case .engineUnavailable(_, let remedy), .unreadable(_, _, let remedy): remedy
        }
    }
}
