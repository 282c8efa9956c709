import CurlHTTP
import Foundation
import GatewayConfiguration
import GatewayCore
import HTTPServing
import IPRanges
import Logging
import MM7
import MockMMSC
import TestPeers

@testable import Gateway

/// The whole gateway in this process, between an MMSC and a customer, every port the system's choice.
struct Line: Sendable {
    let gateway: Gateway
    let ports: Ports
    let mmsc: MockMMSC
    let mmscURL: String
    let customer: TestCustomer
    /// The address of the customer, without a path.
    let customerURL: String
    let client: HTTPClient

    static let token = "token-of-plan-one"

    /// Runs the body with everything listening.
    ///
    /// - Parameters:
    ///   - home: where the gateway keeps its data; nil for a folder that is gone afterwards.
    ///   - north: how the gateway is to speak with the MMSC; its URL is filled in.
    ///   - egress: private ranges that media and webhooks may lie in.
    ///   - change: whatever else is to be configured.
    static func run(
        in home: String? = nil, mmsc peer: MockMMSC.Configuration = .forTests, north: MMSC = .north,
        egress: [String] = ["127.0.0.0/8"], logger: Logger = .silent,
        change: @escaping @Sendable (inout Configuration) -> Void = { _ in },
        _ body: @escaping @Sendable (Line) async throws -> Void
    ) async throws {
        try await withFolder { new in
            var configuration = Configuration.onLoopback(dataDirectory: home ?? new)
            configuration.egress = egress.compactMap { IPRange($0) }
            configuration.submission.firstDelay = .milliseconds(20)
            configuration.webhooks.firstDelay = .milliseconds(20)
            change(&configuration)
            let scheme = configuration.mm7.tls == nil ? "http" : "https"
            let customer = TestCustomer()
            let mmsc = MockMMSC(peer, random: SeededGenerator(seed: 7))
            let (listening, heard) = AsyncStream<Ports>.makeStream()
            let gateway = Gateway(configuration, logger: logger) { heard.yield($0) }
            try await customer.serving { customerURL in
                try await mmsc.serving { mmscURL in
                    try await withServices([gateway]) {
                        var iterator = listening.makeAsyncIterator()
                        guard let ports = await iterator.next() else { throw CancellationError() }
                        var north = north
                        north.url = mmscURL
                        gateway.directory.replace(with: .forTests(north))
                        mmsc.postReports(to: "\(scheme)://127.0.0.1:\(ports.mm7)/mm7/north")
                        let client = try HTTPClient()
                        try await body(
                            Line(
                                gateway: gateway, ports: ports, mmsc: mmsc, mmscURL: mmscURL, customer: customer,
                                customerURL: customerURL, client: client))
                        await client.shutdown()
                    }
                }
            }
        }
    }

    /// Posts a batch for the picture and returns its id.
    func send(
        to numbers: [String] = ["15550100001"], media: String? = nil, message: String = "Hello",
        reporting: String = "none", more: String = "", plan: String = "plan1",
        headers: [(name: String, value: String)] = []
    ) async throws -> String {
        let to = numbers.map { "\"\($0)\"" }.joined(separator: ",")
        let (status, body) = try await post(
            """
            {"type":"mt_media","to":[\(to)],"delivery_report":"\(reporting)","callback_url":"\(customerURL)/webhook",\
            "body":{"url":"\(media ?? customerURL + "/picture.jpg")","message":"\(message)"}\(more)}
            """, plan: plan, headers: headers)
        guard status == 201, let id = body["id"] as? String else { throw Unexpected("\(status): \(body)") }
        return id
    }

    func post(
        _ body: String, token: String = Line.token, plan: String = "plan1",
        headers: [(name: String, value: String)] = []
    ) async throws -> (Int, [String: Any]) {
        var request = HTTPRequest(method: .post, url: url("batches", plan))
        request.headers = ["Authorization": "Bearer \(token)", "Content-Type": "application/json"]
        request.headers += headers
        request.body = [Array(body.utf8)[...]]
        return try await answer(to: request)
    }

    func get(_ path: String, plan: String = "plan1") async throws -> (Int, [String: Any]) {
        var request = HTTPRequest(method: .get, url: url(path, plan))
        request.headers = ["Authorization": "Bearer \(Line.token)"]
        return try await answer(to: request)
    }

    /// What the operator's scraper gets.
    func metrics() async throws -> String {
        let request = HTTPRequest(method: .get, url: "http://127.0.0.1:\(ports.operations)/metrics")
        return String(decoding: try await client.send(request).body, as: UTF8.self)
    }

    /// What the operator's probe gets.
    func readiness() async throws -> String {
        let request = HTTPRequest(method: .get, url: "http://127.0.0.1:\(ports.operations)/readyz")
        return String(decoding: try await client.send(request).body, as: UTF8.self)
    }

    /// Status and code of one recipient, as `Delivered/0`.
    func status(
        of number: String = "15550100001", in batch: String, plan: String = "plan1"
    ) async throws -> String {
        let (_, body) = try await get("batches/\(batch)/delivery_report/\(number)", plan: plan)
        return "\(body["status"] ?? "?")/\(body["code"] ?? "?")"
    }

    /// Asks until the first recipient of the batch has come into the status, for batches whose customer cannot be told.
    func until(status wanted: String, of batch: String, plan: String = "plan1") async throws {
        while try await status(in: batch, plan: plan) != wanted { try Task.checkCancellation() }
    }

    private func url(_ path: String, _ plan: String) -> String {
        "http://127.0.0.1:\(ports.customers)/xms/v1/\(plan)/\(path)"
    }

    func answer(to request: HTTPRequest) async throws -> (Int, [String: Any]) {
        let response = try await client.send(request)
        let body = try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any]
        return (response.status, body ?? [:])
    }
}

extension MMSC {
    static var north: MMSC { MMSC(name: "north", url: "", vaspID: "vasp", vasID: "vas") }
}

extension Directory {
    static func forTests(_ mmsc: MMSC) -> Directory {
        var plan = ServicePlan(id: "plan1", apiTokens: [Secret(Line.token)])
        plan.customer.defaultOriginator = Originator("12025550100")
        var other = ServicePlan(id: "plan2", apiTokens: [Secret(Line.token)])
        other.customer.defaultOriginator = Originator("12025550101")
        return Directory(
            servicePlans: [plan, other], mmscs: [mmsc], routes: Routes([.init(prefix: "1", mmscs: [mmsc.name])]))
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }) }
}
