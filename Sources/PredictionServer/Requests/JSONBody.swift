/// A body that is JSON.
struct JSONBody {
    let root: JSONElement
    let echo: InputEcho

    /// nil, with a fault noted, where it is empty or no JSON.
    init?(_ bytes: UnsafeBufferPointer<UInt8>, _ faults: inout BodyFaults) {
        guard !bytes.allSatisfy(isJSONSpace) else {
            faults.addEmptyBody()
            return nil
        }
        var reader = JSONReader(bytes)
        do {
            root = try reader.read()
        } catch {
            faults.addSyntax(error)
            return nil
        }
        echo = InputEcho(bytes: bytes, notFiniteRanges: reader.notFiniteRanges)
    }
}

/// The members of an object somewhere in a body.
struct JSONMembers {
    private let object: JSONElement
    private let members: [(name: String, element: JSONElement)]
    private let byName: [String: JSONElement]
    private let place: BodyPlace
    private let echo: InputEcho

    /// nil, with a fault noted, where `element` is no object.
    init?(_ element: JSONElement, at place: BodyPlace, _ echo: InputEcho, _ faults: inout BodyFaults) {
        guard case .object(let members) = element.kind else {
            faults.addNotAnObject(place, echo.text(of: element))
            return nil
        }
        (object, self.members, self.place, self.echo) = (element, members, place, echo)
        byName = Dictionary(members.map { ($0.name, $0.element) }) { _, last in last }
    }

    subscript(name: String) -> JSONElement? { byName[name] }

    /// nil, with a fault noted, where it is missing.
    func required(_ name: String, _ faults: inout BodyFaults) -> JSONElement? {
        if let element = byName[name] { return element }
        faults.add("missing", place[name], "Field required", echo.text(of: object))
        return nil
    }

    /// Notes members of other names, and those given twice.
    func refuseOthers(than known: [String], _ faults: inout BodyFaults) {
        let known = Set(known)
        guard members.count != known.count || byName.count != known.count || !known.allSatisfy({ byName[$0] != nil }) else { return }
        var seen: Set<String> = []
        for (name, element) in members {
            if !known.contains(name) {
                faults.add("extra_forbidden", place[name], "Extra inputs are not permitted", echo.text(of: element))
            }
            if !seen.insert(name).inserted {
                faults.add("duplicate_key", place[name], "Field given more than once", echo.text(of: element))
            }
        }
    }
}
