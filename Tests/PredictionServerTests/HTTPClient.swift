import Foundation

/// What a server answered.
struct HTTPAnswer: Sendable {
    let status: Int
    let headers: String
    let body: String
}

struct HTTPClientFault: Error { let step: String }

/// Sends exactly the bytes it is given over one connection, so that tests can say anything a client might.
struct HTTPClient: Sendable {
    let port: Int

    func get(_ path: String) async throws -> HTTPAnswer { try await send("GET", path, body: nil, contentType: nil) }

    func post(_ path: String, _ body: String) async throws -> HTTPAnswer { try await send("POST", path, body: Array(body.utf8)) }

    func predict(_ body: String, contentType: String? = "application/json") async throws -> HTTPAnswer {
        try await send("POST", "/predict", body: Array(body.utf8), contentType: contentType)
    }

    func send(_ method: String, _ path: String, body: [UInt8]?, contentType: String? = "application/json", headers: [String] = [])
        async throws -> HTTPAnswer
    {
        var head = "\(method) \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
        for header in headers { head += header + "\r\n" }
        if let contentType { head += "Content-Type: \(contentType)\r\n" }
        if let body { head += "Content-Length: \(body.count)\r\n" }
        return try await exchange(Array((head + "\r\n").utf8) + (body ?? []))
    }

    /// Writes `request` and reads up to the connection's end.
    func exchange(_ request: [UInt8]) async throws -> HTTPAnswer {
        try await withCheckedThrowingContinuation { continuation in
            // A thread of its own: blocked threads of the shared pool would leave none for the server under test.
            Thread.detachNewThread { continuation.resume(with: Result { try exchangeNow(request) }) }
        }
    }

    private func exchangeNow(_ request: [UInt8]) throws -> HTTPAnswer {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 60, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) }
        }
        guard connected == 0 else { throw HTTPClientFault(step: "connect") }
        var sent = 0
        while sent < request.count {
            let count = request.withUnsafeBytes {
                Foundation.send(descriptor, $0.baseAddress! + sent, request.count - sent, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { break }
            sent += count
        }
        return try answer(reading: descriptor)
    }

    private func answer(reading descriptor: Int32) throws -> HTTPAnswer {
        var received: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = recv(descriptor, &buffer, buffer.count, 0), count > 0 { received += buffer[0..<count] }
        let text = String(decoding: received, as: UTF8.self)
        guard let end = text.range(of: "\r\n\r\n"), let status = Int(text.dropFirst(9).prefix(3)) else {
            throw HTTPClientFault(step: "read an answer")
        }
        return HTTPAnswer(status: status, headers: text[..<end.lowerBound].lowercased(), body: String(text[end.upperBound...]))
    }
}
