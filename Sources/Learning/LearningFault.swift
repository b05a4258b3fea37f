/// What the world or the data did that stops a fit or the reading of a model; the text says where, what was expected and what to do.
package struct LearningFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) { self.description = description }
}
