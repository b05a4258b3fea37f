import Columnar
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /predict/SYMBOL`: features from the stored table, at its last row or at `{"as_of": "2013-03-01"}`.
struct EntityRoute: Route {
    let method = HTTPRequest.Method.post
    let path: String
    let predictions: EntityPredictions

    func respond(to request: Request, _ parameters: PathParameters) async throws -> Response {
        let body = try await predictions.bodies.read(request)
        let model = try predictions.model(parameters)
        let entity = parameters["symbol"]!
        var faults = BodyFaults()
        let time = body.withUnsafeReadableBytes { asOf($0.bindMemory(to: UInt8.self), &faults) }
        guard faults.isEmpty else { return predictions.faults(faults, model) }
        let source = predictions.source
        do {
            let row = try await predictions.queue.run { try source.row(of: entity, notAfter: time, for: model) }
            return try predictions.response([row], of: entity, isArray: false, model)
        } catch let fault as FeatureFault {
            var text = JSONText()
            text.append(string: time ?? "")
            faults.add("date_from_datetime_parsing", BodyPlace()["as_of"], fault.reason, text.bytes)
            return predictions.faults(faults, model)
        }
    }

    /// nil without a body or without the member.
    private func asOf(_ bytes: UnsafeBufferPointer<UInt8>, _ faults: inout BodyFaults) -> String? {
        guard !bytes.allSatisfy(isJSONSpace), let body = JSONBody(bytes, &faults),
            let members = JSONMembers(body.root, at: BodyPlace(), body.echo, &faults)
        else { return nil }
        members.refuseOthers(than: ["as_of"], &faults)
        guard let element = members["as_of"] else { return nil }
        guard let text = element.string, CalendarTime(iso: text) != nil else {
            faults.add(
                "date_from_datetime_parsing", BodyPlace()["as_of"], "Input should be a date such as 2013-03-01", body.echo.text(of: element)
            )
            return nil
        }
        return text
    }
}
