import MM7

/// Reads the VASP's answer to a DeliveryReportReq, as strictly as the MMSC is set to.
enum ReportAnswer {
    /// The status of a valid DeliveryReportRsp to that transaction; nil for anything else. (TS 23.140, 8.7.4)
    static func strict(_ bytes: ArraySlice<UInt8>, to transactionID: String) -> StatusCode? {
        guard let envelope = try? StrictEnvelope(bytes), envelope.transactionID == transactionID,
            envelope.operation.name == "DeliveryReportRsp",
            envelope.operation.children.map(\.name) == ["MM7Version", "Status"],
            let code = envelope.operation.child("Status")?.child("StatusCode")
        else { return nil }
        return Int(code.text).map { StatusCode(rawValue: $0) }
    }

    static func light(_ bytes: ArraySlice<UInt8>) -> StatusCode? {
        LightScan.text(of: "StatusCode", in: bytes).flatMap { Int($0) }.map { StatusCode(rawValue: $0) }
    }
}
