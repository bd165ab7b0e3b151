// SPDX-License-Identifier: Apache-2.0

import AWSWire
import CoreValues
import Foundation

/// One keep-alive HTTP/1.1 connection over a blocking socket: the cheapest client there is, so that on a machine it
/// shares with the server it measures the server.
final class LeanClient {
    private let port: Int
    private var descriptor: Int32
    private var serverCloses = false
    private var buffer = [UInt8](repeating: 0, count: 65_536)

    /// Connects to a port of the loopback.
    init(port: Int) throws {
        self.port = port
        descriptor = try Self.connection(to: port)
    }

    private static func connection(to port: Int) throws -> Int32 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchError("no socket: errno \(errno)") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port).bigEndian)
        address.sin_addr.s_addr = in_addr_t(UInt32(0x7F00_0001).bigEndian)
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard connected == 0 else {
            close(descriptor)
            throw BenchError("can't connect to port \(port): errno \(errno)")
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        return descriptor
    }

    deinit {
        close(descriptor)
    }

    /// Sends a whole request and returns the body of the answer, which must have status 200.
    func exchange(_ request: [UInt8]) throws -> ArraySlice<UInt8> {
        if serverCloses {
            close(descriptor)
            descriptor = try Self.connection(to: port)
            serverCloses = false
        }
        var sent = 0
        while sent < request.count {
            let count = request[sent...].withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, 0) }
            guard count > 0 else { throw BenchError("the connection broke while sending") }
            sent += count
        }
        var received = 0
        while true {
            let count = buffer.withUnsafeMutableBytes { bytes in
                recv(descriptor, bytes.baseAddress?.advanced(by: received), bytes.count - received, 0)
            }
            guard count > 0 else { throw BenchError("the connection broke while receiving") }
            received += count
            if let body = try completeBody(received) {
                return body
            }
            if received == buffer.count {
                buffer.append(contentsOf: [UInt8](repeating: 0, count: buffer.count))
            }
        }
    }

    private func completeBody(_ received: Int) throws -> ArraySlice<UInt8>? {
        guard let end = Self.find([13, 10, 13, 10], in: buffer[..<received]) else { return nil }
        let head = String(decoding: buffer[..<end], as: UTF8.self)
        var length = 0
        for line in head.split(separator: "\r\n") {
            let line = line.lowercased()
            if line.hasPrefix("content-length:") {
                length = Int(line.dropFirst(15).trimmingCharacters(in: .whitespaces)) ?? 0
            } else if line == "connection: close" {
                serverCloses = true
            }
        }
        let start = end + 4
        guard received >= start + length else { return nil }
        let body = buffer[start..<start + length]
        guard head.hasPrefix("HTTP/1.1 200") else {
            throw BenchError("\(head.prefix(40)): \(String(decoding: body.prefix(300), as: UTF8.self))")
        }
        return body
    }

    private static func find(_ needle: [UInt8], in bytes: ArraySlice<UInt8>) -> Int? {
        var index = bytes.startIndex
        while index + needle.count <= bytes.endIndex {
            if bytes[index] == needle[0], bytes[index..<index + needle.count].elementsEqual(needle) {
                return index
            }
            index += 1
        }
        return nil
    }
}

/// Writes requests as bytes, signed or plain.
struct RequestWriter: Sendable {
    let port: Int
    let credentials: SigningCredentials

    /// A signed awsJson 1.1 request.
    func json(_ target: String, service: String, _ body: String) -> [UInt8] {
        let headers = [
            ("host", "127.0.0.1:\(port)"), ("content-type", "application/x-amz-json-1.1"), ("x-amz-target", target),
        ]
        let request = SignableRequest(method: "POST", path: "/", headers: headers, body: Array(body.utf8))
        let signer = SigV4Signer(credentials: credentials, service: service, region: "us-east-1")
        return Self.bytes(signer.signed(request, now: Self.now()))
    }

    /// An unsigned request to the echo.
    func plain(_ body: String) -> [UInt8] {
        Self.bytes(
            SignableRequest(method: "POST", path: "/", headers: [("host", "127.0.0.1:\(port)")], body: Array(body.utf8))
        )
    }

    private static func bytes(_ request: SignableRequest) -> [UInt8] {
        var text = "\(request.method) \(request.path) HTTP/1.1\r\n"
        for header in request.headers {
            text += "\(header.name): \(header.value)\r\n"
        }
        text += "content-length: \(request.body.count)\r\n\r\n"
        return Array(text.utf8) + request.body
    }

    private static func now() -> Timestamp {
        Timestamp(milliseconds: Int64(Date().timeIntervalSince1970 * 1000))
    }
}

/// Why a measurement could not be taken.
struct BenchError: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
