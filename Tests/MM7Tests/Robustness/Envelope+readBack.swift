@testable import MM7

extension Envelope {
    /// What a reader gets of this envelope after a writer of that profile wrote it without content: equal but for
    /// what the profile leaves out and for what the wire cannot say.
    ///
    /// The random round trips and the fuzzer both compare with this.
    func readBack(from profile: Profile) -> Envelope {
        let wire = Wire(profile, self)
        var copy = self
        copy.namespace = namespace ?? profile.namespace
        // In another namespace than the profile's goes the version that belongs there.
        let foreign = namespace.flatMap { $0 == profile.namespace ? nil : SchemaVersion.named($0) }
        copy.version = version ?? foreign?.version ?? profile.version
        switch body {
        case .submitReq(let request): copy.body = .submitReq(wire.submitReq(request))
        case .deliverReq(let request): copy.body = .deliverReq(wire.deliverReq(request))
        case .deliveryReportReq(let report): copy.body = .deliveryReportReq(wire.deliveryReportReq(report))
        case .readReplyReq(let reply): copy.body = .readReplyReq(wire.readReplyReq(reply))
        case .submitRsp(var response):
            response.status = wire.status(response.status)
            copy.body = .submitRsp(response)
        case .deliverRsp(var response):
            response.status = wire.status(response.status)
            wire.keep(.answeredServiceCode, &response.serviceCode)
            copy.body = .deliverRsp(response)
        case .deliveryReportRsp(var response):
            response.status = wire.status(response.status)
            copy.body = .deliveryReportRsp(response)
        case .readReplyRsp(var response):
            response.status = wire.status(response.status)
            copy.body = .readReplyRsp(response)
        case .rsErrorRsp(let error): copy.body = .rsErrorRsp(ErrorRsp(status: wire.status(error.status)))
        case .vaspErrorRsp(let error): copy.body = .vaspErrorRsp(ErrorRsp(status: wire.status(error.status)))
        case .cancelReq(let request): copy.body = .cancelReq(wire.cancelReq(request))
        case .cancelRsp(let response): copy.body = .cancelRsp(CancelRsp(status: wire.status(response.status)))
        case .replaceReq(let request): copy.body = .replaceReq(wire.replaceReq(request))
        case .replaceRsp(let response): copy.body = .replaceRsp(ReplaceRsp(status: wire.status(response.status)))
        case .extendedCancelReq(var request):
            request.sender.address = request.sender.address.map(wire.sender)
            copy.body = .extendedCancelReq(request)
        case .extendedCancelRsp(let response):
            copy.body = .extendedCancelRsp(ExtendedCancelRsp(status: ResponseStatus(response.status.code)))
        case .extendedReplaceReq(let request): copy.body = .extendedReplaceReq(wire.extendedReplaceReq(request))
        case .extendedReplaceRsp(var response):
            response.status = ResponseStatus(response.status.code)
            copy.body = .extendedReplaceRsp(response)
        case .fault(var fault):
            if fault.error == nil { fault.side = .vasp }
            fault.string = fault.string ?? fault.code
            fault.error = fault.error.map { ErrorRsp(status: wire.status($0.status)) }
            copy.body = .fault(fault)
            // Without detail the namespace stands on the TransactionID alone, and the version nowhere.
            if fault.error == nil {
                copy.version = nil
                if transactionID == nil { copy.namespace = nil }
            }
        case .unknown: break
        }
        return copy
    }
}
