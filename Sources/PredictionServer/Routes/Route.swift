import Foundation
import HTTPTypes
import Hummingbird

/// One thing the server does, at one method and path. In a path, `{name}` stands for one part that the request chooses.
protocol Route: Sendable {
    var method: HTTPRequest.Method { get }
    var path: String { get }
    /// Whether it answers without a key.
    var isOpen: Bool { get }
    /// The member of an answer that holds a fault's text.
    var faultMember: StaticString { get }
    func respond(to request: Request, _ parameters: PathParameters) async throws -> Response
}

extension Route {
    var isOpen: Bool { false }
    var faultMember: StaticString { "detail" }
}

/// The parts of a request's path that stand for `{name}`.
struct PathParameters: Sendable {
    private var values: [(name: Substring, value: String)] = []

    subscript(name: String) -> String? { values.first { $0.name == name }?.value }

    /// The parts of `path` where it has the form of `pattern`.
    init?(_ path: [Substring], matching pattern: [Substring]) {
        guard path.count == pattern.count else { return nil }
        for (part, expected) in zip(path, pattern) {
            if expected.first == "{" {
                guard let value = String(part).removingPercentEncoding, !value.isEmpty else { return nil }
                values.append((expected.dropFirst().dropLast(), value))
            } else if part != expected {
                return nil
            }
        }
    }

    init() {}
}

/// All routes of the server.
struct RouteTable: Sendable {
    enum Finding {
        case route(any Route, PathParameters)
        case otherMethods([HTTPRequest.Method], of: any Route)
        case nothing
    }

    private let literal: [String: [any Route]]
    private let patterns: [(parts: [Substring], routes: [any Route])]

    init(_ routes: [any Route]) {
        let byPath = Dictionary(grouping: routes, by: \.path)
        literal = byPath.filter { !$0.key.contains("{") }
        patterns = byPath.filter { $0.key.contains("{") }.sorted { $0.key < $1.key }.map { (Self.parts(of: $0.key), $0.value) }
    }

    func find(_ method: HTTPRequest.Method, _ path: String) -> Finding {
        if let routes = literal[path] { return finding(method, routes, PathParameters()) }
        let parts = Self.parts(of: path)
        for pattern in patterns {
            if let parameters = PathParameters(parts, matching: pattern.parts) { return finding(method, pattern.routes, parameters) }
        }
        return .nothing
    }

    private func finding(_ method: HTTPRequest.Method, _ routes: [any Route], _ parameters: PathParameters) -> Finding {
        guard let route = routes.first(where: { $0.method == method }) else {
            return .otherMethods(routes.map(\.method), of: routes[0])
        }
        return .route(route, parameters)
    }

    private static func parts(of path: String) -> [Substring] { path.split(separator: "/", omittingEmptySubsequences: false) }
}
