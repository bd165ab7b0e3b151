// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Hummingbird
import HummingbirdCore
import Logging

/// The bare HTTP echo: the same server framework answering with the request's body, nothing else.
struct EchoServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "echo-server", shouldDisplay: false)

    @Option var port: Int

    func run() async throws {
        var logger = Logger(label: "echo")
        logger.logLevel = .error
        let application = Application(
            responder: EchoResponder(),
            configuration: .init(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }
}

private struct EchoResponder: HTTPResponder {
    func respond(to request: Request, context: BasicRequestContext) async throws -> Response {
        let body = try await request.body.collect(upTo: 1 << 20)
        return Response(status: .ok, body: ResponseBody(byteBuffer: body))
    }
}
