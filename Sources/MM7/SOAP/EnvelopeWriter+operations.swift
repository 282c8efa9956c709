/// One function for each operation; they are in files of their own.
extension EnvelopeWriter {
    mutating func body(_ body: Envelope.Body) throws(MM7Error) {
        try checkTaken(body)
        switch body {
        case .submitReq(let request): try submitReq(request)
        case .submitRsp(let response): try submitRsp(response)
        case .deliverReq(let request): try deliverReq(request)
        case .deliverRsp(let response): try deliverRsp(response)
        case .deliveryReportReq(let report): try deliveryReportReq(report)
        case .deliveryReportRsp(let response): try self.response("DeliveryReportRsp", response.status)
        case .readReplyReq(let reply): try readReplyReq(reply)
        case .readReplyRsp(let response): try self.response("ReadReplyRsp", response.status)
        case .cancelReq(let request): try cancelReq(request)
        case .cancelRsp(let response): try self.response("CancelRsp", response.status)
        case .replaceReq(let request): try replaceReq(request)
        case .replaceRsp(let response): try self.response("ReplaceRsp", response.status)
        case .extendedCancelReq(let request): try extendedCancelReq(request)
        case .extendedCancelRsp(let response): try extendedCancelRsp(response)
        case .extendedReplaceReq(let request): try extendedReplaceReq(request)
        case .extendedReplaceRsp(let response): try extendedReplaceRsp(response)
        case .rsErrorRsp(let error): try response("RSErrorRsp", error.status)
        case .vaspErrorRsp(let error): try response("VASPErrorRsp", error.status)
        case .fault(let fault): try self.fault(fault)
        case .unknown:
            throw MM7Error(.unencodable, "an operation that was not understood cannot be written", element: "Body")
        }
    }

    /// Refuses a request that the peer would only answer with 4003.
    private func checkTaken(_ body: Envelope.Body) throws(MM7Error) {
        guard let operation = body.operation, let needed = OperationSet(request: operation) else { return }
        let name = operation.rawValue
        guard profile.operations.contains(needed) else {
            throw MM7Error(.unencodable, "profile '\(profile.name)' takes no \(name)", element: name)
        }
        if let schema = SchemaVersion.named(namespace), !schema.operations.contains(needed) {
            throw MM7Error(.unencodable, "the schema of the namespace has no \(name)", element: name)
        }
    }

    /// The children of Fault are unqualified. (SOAP 1.1, 4.4)
    private mutating func fault(_ fault: Fault) throws(MM7Error) {
        xml.literal("<env:Fault><faultcode>env:")
        try xml.text(fault.code, of: "faultcode")
        xml.literal("</faultcode><faultstring>")
        try xml.text(fault.string ?? fault.code, of: "faultstring")
        xml.literal("</faultstring>")
        if let error = fault.error {
            xml.literal("<detail>")
            try response(fault.side == .vasp ? "VASPErrorRsp" : "RSErrorRsp", error.status)
            xml.literal("</detail>")
        }
        xml.literal("</env:Fault>")
    }
}
