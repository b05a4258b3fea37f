import NIOCore
import NIOHTTPTypes

/// Closes a connection whose client takes too long: to send a request's head, or its body, or the next request.
///
/// Bytes that trickle in gain no time: each part has one deadline from its beginning. The deadline is a field that a timer looks at
/// now and then, because exchanging timers with each request would cost more than many requests do.
final class RequestDeadlines: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    struct Times: Sendable {
        /// From the connection's beginning to the first request's head.
        let head: TimeAmount
        /// From a request's head to the end of its body.
        let body: TimeAmount
        /// From a request's end to its answer's.
        let answer: TimeAmount
        /// From an answer to the next request's head.
        let idle: TimeAmount

        fileprivate var period: TimeAmount {
            .nanoseconds(min(max(min(head, body, answer, idle).nanoseconds / 2, 20_000_000), 5_000_000_000))
        }
    }

    private let times: Times
    private var deadline = NIODeadline.distantFuture
    private var isReading = false
    private var unanswered = 0
    private var timer: Scheduled<Void>?

    init(_ times: Times) { self.times = times }

    func handlerAdded(context: ChannelHandlerContext) {
        deadline = .now() + times.head
        scheduleLook(context)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        timer?.cancel()
        timer = nil
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            isReading = true
            unanswered += 1
            deadline = .now() + times.body
        case .body: break
        case .end:
            isReading = false
            deadline = .now() + times.answer
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .end = unwrapOutboundIn(data) {
            unanswered -= 1
            if !isReading { deadline = .now() + (unanswered > 0 ? times.answer : times.idle) }
        }
        context.write(data, promise: promise)
    }

    private func scheduleLook(_ context: ChannelHandlerContext) {
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: times.period) { [self] in
            timer = nil
            guard context.channel.isActive else { return }
            if NIODeadline.now() >= deadline { context.close(promise: nil) } else { scheduleLook(context) }
        }
    }
}
