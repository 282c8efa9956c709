import GatewayCore
import HTTPTypes
import Hummingbird
import IPRanges
package import Logging

/// A line of the log for each request, where the operator wants that.
package struct AccessLog: Sendable {
    private let logger: Logger
    private let isWanted: @Sendable () -> Bool

    /// - Parameter isWanted: asked for each request, it costs no more than a look.
    package init(_ logger: Logger, isWanted: @escaping @Sendable () -> Bool) {
        var logger = logger
        // The setting alone decides, not the level of other lines.
        logger.logLevel = .info
        self.logger = logger
        self.isWanted = isWanted
    }

    var isOn: Bool { isWanted() }

    /// Logs a request whose answer is out, or of whose answer nobody took the rest.
    func log(_ access: Access, at server: String) {
        var metadata: Logger.Metadata = [
            "server": "\(server)", "method": "\(PeerText(access.method, limit: 32))",
            "path": "\(access.path)", "request_id": "\(access.requestID)",
            "duration_ms": .stringConvertible(access.milliseconds),
        ]
        if let status = access.status { metadata["status"] = .stringConvertible(status) }
        if let peer = access.peer { metadata["peer"] = "\(peer)" }
        if let customer = access.note.customer { metadata["customer"] = "\(customer)" }
        if let mmsc = access.note.mmsc { metadata["mmsc"] = "\(mmsc)" }
        if let bytes = access.note.bytesIn { metadata["bytes_in"] = .stringConvertible(bytes) }
        if let bytes = access.bytesOut { metadata["bytes_out"] = .stringConvertible(bytes) }
        logger.info(
            access.isWhole ? "A request was answered" : "A request ended without its answer", metadata: metadata)
    }

    /// Logs a request that no route saw whole.
    func log(_ refusal: RequestRefusal, from peer: IPAddress?, at server: String) {
        guard isOn else { return }
        var metadata: Logger.Metadata = [
            "server": "\(server)", "status": .stringConvertible(refusal.status.code), "reason": "\(refusal.text)",
        ]
        if let peer { metadata["peer"] = "\(peer)" }
        logger.info("A request was refused before a route had it", metadata: metadata)
    }
}

/// What the access log has of a request.
struct Access: Sendable {
    let method: String
    /// As `LoggedPath` has it.
    var path = ""
    let requestID: String
    let peer: IPAddress?
    var status: Int?
    var note = RequestNote.Content()
    var bytesOut: Int?
    var duration = Duration.zero
    /// Whether all of the answer was written.
    var isWhole = true

    /// With three decimals.
    var milliseconds: Double { (duration / .microseconds(1)).rounded() / 1000 }
}
