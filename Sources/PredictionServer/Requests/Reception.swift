import HTTPTypes
import Hummingbird
import NIOCore

/// What every request passes through: its name, its key, its route; and what is told of it after.
struct Reception: HTTPResponder {
    typealias Context = BasicRequestContext

    /// As other servers log it: the client went away.
    private static let clientLeft = 499

    let routes: RouteTable
    let keys: APIKeys?
    let metrics: ServerMetrics
    let readiness: Readiness
    let log: ServerLog
    let logsRequests: Bool
    let identifiers = RequestIdentifiers()

    func respond(to request: Request, context: Context) async throws -> Response {
        let start = NIODeadline.now()
        let identifier = identifiers.identifier(of: request.headers)
        let finding = routes.find(request.method, request.uri.path)
        metrics.begin()
        do {
            var response = try await answer(request, finding)
            note(request, finding.path, identifier, status: response.status.code, response.headers, since: start)
            response.headers[.requestIdentifier] = identifier
            return response
        } catch {
            if readiness.isDraining { metrics.noteCutOff() }
            note(request, finding.path, identifier, status: Self.clientLeft, [:], since: start)
            throw error
        }
    }

    private func answer(_ request: Request, _ finding: RouteTable.Finding) async throws -> Response {
        switch finding {
        case .route(let route, let parameters):
            do {
                if let keys, !route.isOpen, !keys.permit(request.headers) { throw RequestFault(.unauthorized, "a valid API key is needed") }
                return try await route.respond(to: request, parameters)
            } catch let fault as RequestFault {
                return fault.response(member: route.faultMember)
            }
        case .otherMethods(let methods, let route):
            var response = RequestFault(.methodNotAllowed, "Method Not Allowed").response(member: route.faultMember)
            response.headers[.allow] = methods.map(\.rawValue).joined(separator: ", ")
            return response
        case .nothing: return RequestFault(.notFound, "Not Found").response(member: "detail")
        }
    }

    private func note(
        _ request: Request, _ route: String, _ identifier: String, status: Int, _ answer: HTTPFields, since start: NIODeadline
    ) {
        let seconds = Double((NIODeadline.now() - start).nanoseconds) * 1e-9
        metrics.end(route: route, status: status, seconds: seconds)
        guard logsRequests else { return }
        var line = ServerLog.begin(.info, "request")
        line.append(",\"request_id\":")
        line.append(string: identifier)
        line.append(",\"method\":")
        line.append(string: request.method.rawValue)
        line.append(",\"path\":")
        line.append(string: request.uri.path)
        line.append(",\"status\":")
        line.append(status)
        line.append(",\"seconds\":")
        line.append(seconds)
        if let model = answer[.model], let version = answer[.modelVersion] {
            line.append(",\"model\":")
            line.append(string: model)
            line.append(",\"model_version\":")
            line.append(string: version)
        }
        log.add(line)
    }
}

extension RouteTable.Finding {
    /// The route's path with its parts unnamed, so that metrics stay few.
    fileprivate var path: String {
        switch self {
        case .route(let route, _), .otherMethods(_, let route): route.path
        case .nothing: "none"
        }
    }
}
