import CSpawning
import Foundation

/// One start of a program. Foundation's `Process` hands a socket of its own down to all that a program starts and takes the program for
/// running until the last of them has closed it.
struct Spawning {
    struct Fault: Error, CustomStringConvertible {
        let description: String
    }

    let program: String
    let arguments: [String]
    let folder: String?
    let environment: [String: String]
    let input: String
    let output: String
    let errors: String

    func start() throws -> pid_t {
        var identifier: pid_t = 0
        let code = Self.withCStrings([program] + arguments) { words in
            Self.withCStrings(environment.map { "\($0)=\($1)" }) { variables in
                spawn_alone(&identifier, program, words, variables, folder, input, output, errors)
            }
        }
        guard code == 0 else { throw Fault(description: "\(program) can't be started: \(String(cString: strerror(code)))") }
        return identifier
    }

    private static func withCStrings<Result>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = strings.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}
