// Compares the built-in functions of series with TA-Lib's C functions; see Benchmarks/indicators.py, which starts it.
// Arguments: TA-Lib's library, the number of rows, the number of rounds, functions' names if not all. Prints a line of JSON for each function.
import Foundation

func measure(library path: String, rows: Int, rounds: Int, only names: [String]) throws {
    let market = Market(rows: rows)
    let library = try TALib(path: path, rows: rows)
    for comparison in Comparison.all(market) where names.isEmpty || names.contains(comparison.function) {
        var (ours, theirs) = (Double.infinity, Double.infinity)
        for _ in 0..<rounds {
            ours = min(ours, try comparison.secondsOfOurs(market))
            theirs = min(theirs, comparison.secondsOfTheirs(library))
        }
        let line = #"{"function": "\#(comparison.words)", "talib": "\#(comparison.theirs)", "ours": \#(ours), "theirs": \#(theirs)}"#
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }
}

let arguments = CommandLine.arguments
guard arguments.count >= 4, let rows = Int(arguments[2]), let rounds = Int(arguments[3]), rows > 100, rounds > 0 else {
    print("usage: indicator-benchmark LIBRARY ROWS ROUNDS [FUNCTION]…")
    exit(2)
}
do { try measure(library: arguments[1], rows: rows, rounds: rounds, only: Array(arguments[4...])) } catch {
    print(error)
    exit(1)
}
