import Columnar
import HTTPTypes
import Hummingbird
import NIOCore

/// `POST /predict/SYMBOL/bars`: new bars in, the features computed as a run of the notebook would, a prediction for each bar out.
struct BarsRoute: Route {
    let method = HTTPRequest.Method.post
    let path: String
    let predictions: EntityPredictions

    func respond(to request: Request, _ parameters: PathParameters) async throws -> Response {
        let body = try await predictions.bodies.read(request)
        let model = try predictions.model(parameters)
        let (entity, source) = (parameters["symbol"]!, predictions.source)
        do {
            let (rows, isArray) = try await predictions.queue.run { () throws -> ([EntityRow], Bool) in
                var isArray = false
                let rows = try source.rows(of: entity, for: model) { fields in
                    var faults = BodyFaults()
                    let reading = body.withUnsafeReadableBytes {
                        BarReading(fields: fields).read($0.bindMemory(to: UInt8.self), &faults)
                    }
                    guard faults.isEmpty else { throw InvalidBars(faults: faults) }
                    isArray = reading.isArray
                    return reading.bars
                }
                return (rows, isArray)
            }
            return try predictions.response(rows, of: entity, isArray: isArray, model)
        } catch let fault as InvalidBars {
            return predictions.faults(fault.faults, model)
        } catch let fault as FeatureFault {
            return predictions.faults(Self.faults(fault, body), model)
        }
    }

    /// What is wrong with a bar, with the bar itself.
    private static func faults(_ fault: FeatureFault, _ body: ByteBuffer) -> BodyFaults {
        var faults = BodyFaults()
        guard case .invalid(let row?) = fault.kind else { return faults }
        body.withUnsafeReadableBytes { bytes in
            var unread = BodyFaults()
            guard let body = JSONBody(bytes.bindMemory(to: UInt8.self), &unread) else { return }
            guard case .array(let elements) = body.root.kind else {
                return faults.add("value_error", BodyPlace(), fault.reason, body.echo.text(of: body.root))
            }
            faults.add("value_error", BodyPlace()[row], fault.reason, body.echo.text(of: elements[row]))
        }
        return faults
    }
}
