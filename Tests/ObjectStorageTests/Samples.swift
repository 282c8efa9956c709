import FoundationEssentials
import GatewayCore

extension Bucket {
    static let sample = Bucket(
        endpoint: "https://s3.example.net", region: "eu-1", name: "media", prefix: "mms/", accessKeyID: "AKID",
        secretAccessKey: Secret("hush"))
}

extension Date {
    /// 2026-11-21T12:00:00Z
    static let start = Date(timeIntervalSince1970: 1_795_262_400)
}

extension Inbound {
    static func sample(
        _ media: [Medium], of owner: Owner = .servicePlan("p"), id: ULID = ULIDGenerator().next(at: .start)
    ) -> Inbound {
        Inbound(id: id, owner: owner, from: "15550100001", to: "12025550100", receivedAt: .start, media: media)
    }
}
