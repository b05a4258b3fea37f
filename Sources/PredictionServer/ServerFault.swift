import Foundation
import NIOCore

/// Why the server cannot run; the text says what to do.
package struct ServerFault: Error, Sendable, Hashable, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }

    init(bindingTo settings: ServerSettings, failedWith error: IOError) {
        let (host, port, portChoice) = (settings.host, settings.port, settings.portChoice)
        switch error.errnoCode {
        case EADDRINUSE:
            description = "port \(port) is already in use on \(host); choose another \(portChoice), or stop the program that holds it"
        case EACCES:
            description = "port \(port) needs rights this user does not have; choose one from 1024 up \(portChoice)"
        case EADDRNOTAVAIL:
            description = "\(host) is not an address of this machine; use 127.0.0.1, or 0.0.0.0 for all its addresses"
        default:
            description = "cannot serve on \(host), port \(port): \(error); check host and port"
        }
    }
}
