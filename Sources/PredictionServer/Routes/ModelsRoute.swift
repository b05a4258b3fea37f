import Columnar
import Foundation
import HTTPTypes
import Hummingbird
import Learning

/// `GET /models`: the models that answer, with their versions and features.
struct ModelsRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/models"
    let slots: ModelSlots

    func respond(to request: Request, _ parameters: PathParameters) -> Response {
        var text = JSONText()
        text.append("{\"models\":[")
        for (index, slot) in slots.all.enumerated() {
            if index > 0 { text.append(",") }
            text.append(slot, slots)
        }
        text.append("]}")
        return Response(status: .ok, json: text)
    }
}

/// `GET /models/NAME`: one of them.
struct ModelRoute: Route {
    let method = HTTPRequest.Method.get
    let path = "/models/{model}"
    let slots: ModelSlots

    func respond(to request: Request, _ parameters: PathParameters) throws -> Response {
        var text = JSONText()
        text.append(try slots.slot(parameters), slots)
        return Response(status: .ok, json: text)
    }
}

extension ModelSlots {
    /// The slot that a path names, or the first where it names none.
    func slot(_ parameters: PathParameters) throws -> ModelSlot {
        guard let name = parameters["model"] else { return first }
        guard let slot = slot(name) else {
            throw RequestFault(.notFound, "no model '\(name)' is served; there are \(all.map(pathName).joined(separator: ", "))")
        }
        return slot
    }
}

extension JSONText {
    fileprivate mutating func append(_ slot: ModelSlot, _ slots: ModelSlots) {
        let state = slot.state
        append("{\"name\":")
        append(string: slot.selector.name)
        append(",\"served_as\":")
        append(string: slot.selector.description)
        append(",\"predict\":")
        append(string: "/models/\(slots.pathName(of: slot))/predict")
        guard let model = state.model, let loaded = state.loaded else {
            append(",\"model_version\":null}")
            return
        }
        append(",\"model_version\":")
        append(string: model.versionName)
        append(",\"loaded\":")
        append(string: loaded.formatted(.iso8601))
        append(",\"features\":[")
        for (index, feature) in model.features.enumerated() {
            append(index > 0 ? ",{\"name\":" : "{\"name\":")
            append(string: feature.name)
            append(",\"type\":")
            append(string: feature.type.rawValue)
            append("}")
        }
        append("]}")
    }
}
