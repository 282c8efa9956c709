/// The body of RSErrorRsp and VASPErrorRsp. (TS 23.140, 8.7.7)
public struct ErrorRsp: Sendable, Equatable {
    public var status: ResponseStatus

    public init(status: ResponseStatus) { self.status = status }
}

/// A SOAP Fault: the request was not accepted. (SOAP 1.1, 4.4)
public struct Fault: Sendable, Equatable {
    /// The side that found the error, which decides the name of the element in the detail.
    public enum Side: Sendable, Hashable {
        /// `RSErrorRsp`
        case relayServer
        /// `VASPErrorRsp`
        case vasp
    }

    /// `Client`, `Server` or `Client.TransactionID`; any prefix is dropped on reading.
    public var code: String
    public var string: String?
    /// The error in the detail; absent where the TransactionID is at fault.
    public var error: ErrorRsp?
    public var side: Side

    public init(code: String, string: String? = nil, error: ErrorRsp? = nil, side: Side = .vasp) {
        self.code = code
        self.string = string
        self.error = error
        self.side = side
    }

    /// The fault that carries a status: a server fault for 3xxx, else a client fault.
    public init(_ status: ResponseStatus, side: Side) {
        let isServer = status.code.classCode == .serverError
        self.init(
            code: isServer ? "Server" : "Client",
            string: isServer ? "Server error" : "Client error",
            error: ErrorRsp(status: status),
            side: side
        )
    }
}
