import Testing

/// What a terminal shows is as it must be; it is in the message where it is not.
func expect(_ shown: String, sourceLocation: SourceLocation = #_sourceLocation, _ holds: (String) -> Bool) {
    #expect(holds(shown), "\(shown)", sourceLocation: sourceLocation)
}
