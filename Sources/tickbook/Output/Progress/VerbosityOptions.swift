import ArgumentParser

/// How much is said of progress.
enum Verbosity { case quiet, normal, verbose }

/// `-q`, `-v`.
struct VerbosityOptions: ParsableArguments {
    @Flag(name: .shortAndLong, help: "Say nothing of progress.")
    var quiet = false
    @Flag(name: .shortAndLong, help: "Say of every cell how many rows it took and how long, also of quick ones.")
    var verbose = false

    func validate() throws {
        if quiet, verbose { throw ValidationError("-q and -v don't go together; give one of them.") }
    }

    var value: Verbosity { quiet ? .quiet : verbose ? .verbose : .normal }
}
