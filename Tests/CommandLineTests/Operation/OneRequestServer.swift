import Foundation
import Synchronization
import Testing

/// Takes one HTTP request, answers 200, and tells what it was.
final class OneRequestServer: Sendable {
    private let listener: Int32
    let url: String

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = listener
        let isBound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 1) == 0 && getsockname(descriptor, $0, &length) == 0
            }
        }
        try #require(isBound)
        url = "http://127.0.0.1:\(address.sin_port.bigEndian)"
        // A thread of its own: threads of the shared pool wait for programs.
        let (text, done) = (text, done)
        Thread.detachNewThread {
            let request = Self.takeOne(descriptor)
            text.value.withLock { $0 = request }
            done.signal()
        }
    }

    deinit { close(listener) }

    private final class Text: Sendable { let value = Mutex("") }
    private let text = Text()
    private let done = DispatchSemaphore(value: 0)

    func request() -> String {
        done.wait()
        return text.value.withLock { $0 }
    }

    private static func takeOne(_ listener: Int32) -> String {
        let connection = accept(listener, nil, nil)
        defer { close(connection) }
        var text = ""
        var bytes = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(connection, &bytes, bytes.count)
            guard count > 0 else { return text }
            text += String(decoding: bytes.prefix(count), as: UTF8.self)
            guard let head = text.range(of: "\r\n\r\n"), let field = text.range(of: "Content-Length: ") else { continue }
            let length = Int(text[field.upperBound...].prefix { $0.isNumber }) ?? 0
            if text[head.upperBound...].utf8.count >= length { break }
        }
        let answer = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
        _ = answer.withCString { write(connection, $0, strlen($0)) }
        return text
    }
}
