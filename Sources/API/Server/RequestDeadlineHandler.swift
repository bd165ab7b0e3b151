// SPDX-License-Identifier: Apache-2.0

package import NIOCore
package import NIOHTTPTypes

/// Closes a connection whose request is still incomplete after a while, however steadily its body drips in.
///
/// One timer a connection at most, looked at again when it fires, so that a request costs a clock reading and nothing
/// else. A head that does not become complete is the idle timeout's business: no part of it ever gets here.
package final class RequestDeadlineHandler: ChannelInboundHandler, RemovableChannelHandler {
    package typealias InboundIn = HTTPRequestPart
    package typealias InboundOut = HTTPRequestPart

    /// How long a request may take from the end of its head to the end of its body.
    package static let standardLimit = TimeAmount.seconds(60)

    private let limit: TimeAmount
    private var readingSince: NIODeadline?
    private var timer: Scheduled<Void>?

    /// Makes a handler for one connection.
    package init(limit: TimeAmount = RequestDeadlineHandler.standardLimit) {
        self.limit = limit
    }

    package func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            readingSince = context.eventLoop.now
            setTimer(context, limit)
        case .body:
            break
        case .end:
            readingSince = nil
        }
        context.fireChannelRead(data)
    }

    package func channelInactive(context: ChannelHandlerContext) {
        stop()
        context.fireChannelInactive()
    }

    package func handlerRemoved(context: ChannelHandlerContext) {
        stop()
    }

    private func setTimer(_ context: ChannelHandlerContext, _ delay: TimeAmount) {
        guard timer == nil else { return }
        timer = context.eventLoop.assumeIsolated().scheduleTask(in: delay) { self.look(context) }
    }

    private func look(_ context: ChannelHandlerContext) {
        timer = nil
        guard let readingSince else { return }
        let rest = readingSince + limit - context.eventLoop.now
        if rest > .zero {
            setTimer(context, rest)
        } else {
            context.close(promise: nil)
        }
    }

    private func stop() {
        readingSince = nil
        timer?.cancel()
        timer = nil
    }
}
