/// A function and which of its results is meant, `bbands.1`; of the first, only the function.
package enum SeriesResult {
    package static func code(_ function: String, _ component: Int) -> String { component == 0 ? function : "\(function).\(component)" }
}
