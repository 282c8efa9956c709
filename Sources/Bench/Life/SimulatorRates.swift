/// How fast the peers of the gateway are alone, in requests a second: what is far above the gateway's own rate does not
/// bound it.
struct SimulatorRates: Codable {
    /// SubmitReqs that the MMSC takes, each reported.
    var mmsc: Double
    /// Pictures of the media server.
    var media: Double
    /// POSTs of the clients that a receiver of webhooks answers: the rate of both.
    var clients: Double

    private static let time = 0.5
    private static let clientCount = 32

    /// - Parameter pictureBytes: the size of the pictures.
    static func measured(pictureBytes: Int) throws -> SimulatorRates {
        let reported = try PeerProcess(.receiver(status: "200 OK", body: "StatusCode>1000<"))
        defer { reported.stop() }
        let mmsc = try PeerProcess(
            .mmsc(.init(delay: 0, reportDelay: 0, reportPort: reported.port, reportConnections: clientCount)))
        defer { mmsc.stop() }
        let media = try PeerProcess(.media(pictureBytes: pictureBytes, delay: 0))
        defer { media.stop() }
        let accepting = try PeerProcess(.receiver(status: "201 Created", body: ""))
        defer { accepting.stop() }
        let body = BatchBody(recipients: 1, report: "none", hasOwnPicture: true, mediaPort: 9, callbackPort: 9)
        return SimulatorRates(
            mmsc: try rate(of: .submits(pictureBytes: pictureBytes), at: mmsc),
            media: try rate(of: .fetches, at: media), clients: try rate(of: .batches(body), at: accepting))
    }

    private static func rate(of kind: LoadTask.Kind, at peer: PeerProcess) throws -> Double {
        try PeerProcess.load(
            LoadTask(ports: [peer.port], connections: clientCount, numbers: 0..<1_000_000, seconds: time, kind: kind)
        ).perSecond
    }

    /// In lines for a person.
    var text: String {
        """
        alone: the MMSC \(Int(mmsc)) SubmitReqs and reports a second, the media server \(Int(media)) pictures, \
        the clients \(Int(clients)) POSTs, answered by a receiver of webhooks
        """
    }
}
