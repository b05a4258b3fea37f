import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// What HTTP/1 asks of a server beyond requests and answers: one Host field, a word before a body that waits for it, and that a
/// connection is announced to end before it does.
///
/// Source: RFC 9112, 3.2 and 9.6; RFC 9110, 10.1.1.
final class ConnectionRules: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum Ending {
        case open
        /// Whoever answers knows and closes.
        case asked
        /// Decided while the answer was made.
        case announced
    }

    private let readiness: Readiness
    private let bodyLimit: Int
    /// Of each request without its whole answer, the oldest first.
    private var endings: [Ending] = []
    private var owesContinue = false
    private var isRefusing = false

    init(readiness: Readiness, bodyLimit: Int) {
        self.readiness = readiness
        self.bodyLimit = bodyLimit
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        guard !isRefusing else { return }
        guard case .head(var head) = unwrapInboundIn(data) else { return context.fireChannelRead(data) }
        endings.append(head.endsConnection ? .asked : .open)
        guard head.version != .http1_1 || head.headers["Host"].count == 1 else {
            isRefusing = true
            return context.fireErrorCaught(HTTPParserError.invalidHeaderToken)
        }
        if head.endsConnection { head.headers.replaceOrAdd(name: "Connection", value: "close") }
        owesContinue = head.expectsContinue(upTo: bodyLimit)
        payContinue(context)
        context.fireChannelRead(wrapInboundOut(.head(head)))
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        switch unwrapOutboundIn(data) {
        case .head(var head):
            owesContinue = owesContinue && endings.count > 1
            if endings.first == .open, readiness.isDraining { endings[0] = .announced }
            if endings.first ?? .open != .open || isRefusing { head.headers.replaceOrAdd(name: "Connection", value: "close") }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end: writeEnd(context, data, promise)
        }
    }

    private func writeEnd(_ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?) {
        let ending = endings.isEmpty ? .open : endings.removeFirst()
        context.write(data, promise: promise)
        if ending == .announced {
            context.flush()
            context.close(mode: .output, promise: nil)
        }
        payContinue(context)
    }

    /// Not before the answers to the requests before.
    private func payContinue(_ context: ChannelHandlerContext) {
        guard owesContinue, endings.count == 1 else { return }
        owesContinue = false
        context.writeAndFlush(wrapOutboundOut(.head(HTTPResponseHead(version: .http1_1, status: .continue))), promise: nil)
    }
}

extension HTTPRequestHead {
    /// HTTP/1.0 knows no connection that stays, but for a field that nobody has to heed.
    fileprivate var endsConnection: Bool {
        version != .http1_1 || headers[canonicalForm: "Connection"].contains { $0.lowercased() == "close" }
    }

    /// A body that is refused anyway need not come.
    fileprivate func expectsContinue(upTo limit: Int) -> Bool {
        guard version == .http1_1, headers[canonicalForm: "Expect"].contains(where: { $0.lowercased() == "100-continue" }) else {
            return false
        }
        return headers.first(name: "Content-Length").flatMap { Int($0) }.map { $0 <= limit } ?? true
    }
}

/// Stands where the server lets handlers be added, to put `ConnectionRules` before what turns HTTP/1 into requests: only there are
/// fields and version as they came.
final class ConnectionRulesPlacing: ChannelInboundHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart

    private let readiness: Readiness
    private let bodyLimit: Int

    init(readiness: Readiness, bodyLimit: Int) {
        self.readiness = readiness
        self.bodyLimit = bodyLimit
    }

    func handlerAdded(context: ChannelHandlerContext) {
        let pipeline = context.pipeline.syncOperations
        do {
            let codec = try pipeline.handler(type: HTTP1ToHTTPServerCodec.self)
            try pipeline.addHandler(ConnectionRules(readiness: readiness, bodyLimit: bodyLimit), position: .before(codec))
        } catch {
            // Without its rules a connection is not served.
            context.close(promise: nil)
        }
    }
}
