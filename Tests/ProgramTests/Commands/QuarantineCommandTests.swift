import CurlHTTP
import Foundation
import TestPeers
import Testing

@Suite("Messages to unowned numbers, by command", .timeLimit(.minutes(5)))
struct QuarantineCommandTests: ProgramTesting {
    private func run(_ arguments: String...) async throws -> (code: Int32, output: String) {
        let program = try Program(arguments: arguments)
        let output = await program.output()
        return (try await program.exitCode(), output)
    }

    /// - Parameters:
    ///   - ports: those of the running gateway, once it has them.
    ///   - numbers: of the plan.
    private func write(
        _ folder: String, ports: (customers: Int, mm7: Int, operations: Int) = (0, 0, 0), numbers: String = "",
        callbackURL: String
    ) throws -> String {
        let path = folder + "/gateway.json"
        try """
        {
          server: {listen: "127.0.0.1:\(ports.customers)"},
          mm7: {listen: "127.0.0.1:\(ports.mm7)", unknown_recipients: "quarantine"},
          operations: {listen: "127.0.0.1:\(ports.operations)"},
          data_directory: "\(folder)/data",
          service_plans: [{id: "plan1", api_tokens: ["t"], numbers: [\(numbers)], callback_url: "\(callbackURL)"}],
          mmscs: [{name: "north", url: "http://127.0.0.1:1/mm7"}],
          routes: [{prefix: "", mmscs: ["north"]}],
          egress: {allow: ["127.0.0.0/8"]},
          webhooks: {first_delay: "20ms"},
        }
        """.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    private func deliver(_ linkedID: String, to number: String, port: Int, over client: HTTPClient) async throws {
        let namespace = "http://www.3gpp.org/ftp/Specs/archive/23_series/23.140/schema/REL-6-MM7-1-4"
        let soap = """
            <e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Header><TransactionID \
            xmlns="\(namespace)" e:mustUnderstand="1">t</TransactionID></e:Header><e:Body>\
            <DeliverReq xmlns="\(namespace)"><MM7Version>6.8.0</MM7Version><LinkedID>\(linkedID)</LinkedID>\
            <Sender><Number>+15550100001</Number></Sender><Recipients><To><Number>\(number)</Number></To></Recipients>\
            <Subject>\(linkedID)</Subject></DeliverReq></e:Body></e:Envelope>
            """
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)/mm7/north")
        request.headers = ["Content-Type": "text/xml"]
        request.body = [Array(soap.utf8)[...]]
        let response = try await client.send(request)
        #expect(String(decoding: response.body, as: UTF8.self).contains("<StatusCode>1000<"))
    }

    @Test(
        "they are listed, and released to whom the configuration gives their number, beside a running gateway and not")
    func release() async throws {
        try await withFolder { folder in
            let customer = TestCustomer()
            try await customer.serving { customerURL in
                let client = try HTTPClient()
                let hook = customerURL + "/webhook"
                let gateway = try Program("serve", "--config", try write(folder, callbackURL: hook))
                let ports = try await ports(of: gateway)
                let path = try write(folder, ports: ports, callbackURL: hook)
                for (name, number) in [("first", "54321"), ("second", "54321"), ("third", "60606")] {
                    try await deliver(name, to: number, port: ports.mm7, over: client)
                }

                let list = try await run("quarantine", "--config", path)
                #expect(list.code == 0)
                let rows = list.output.split(separator: "\n").dropFirst().map {
                    $0.split(separator: " ").map(String.init)
                }
                #expect(rows.map(\.count) == [6, 6, 6], "\(list.output)")
                #expect(
                    rows.map { $0[3...4].joined(separator: " ") } == [
                        "15550100001 54321", "15550100001 54321", "15550100001 60606",
                    ])
                let ids = rows.map { $0[0] }
                let unowned = try await run("quarantine", "release", ids[0], "--config", path)
                #expect(unowned.code == 1)
                #expect(unowned.output.contains("\(ids[0]) stays: no service plan and no app"), "\(unowned.output)")
                #expect(try await run("quarantine", "release", "--config", path).code == 64)
                let status = try await run("status", "--config", path)
                #expect(status.output.contains("in quarantine     3"), "\(status.output)")

                _ = try write(folder, ports: ports, numbers: "\"54321\"", callbackURL: hook)
                gateway.send(SIGHUP)
                _ = try await gateway.line(with: "The configuration was read again")
                let released = try await run(
                    "quarantine", "release", ids[0], "01ARZ3NDEKTSV4RRFFQ69G5FAV", "--config", path)
                #expect(released.code == 1)
                #expect(released.output.contains("\(ids[0]) is service plan plan1's\n"), "\(released.output)")
                #expect(released.output.contains("01ARZ3NDEKTSV4RRFFQ69G5FAV is not in quarantine\n"))
                let seen = try await customer.wait { $0.calls.count == 1 }
                #expect(seen.calls[0].contains(#""id":"\#(ids[0])""#) && seen.calls[0].contains(#""subject":"first""#))
                #expect(try await run("quarantine", "release", ids[0], "--config", path).code == 1)

                gateway.send(SIGTERM)
                #expect(try await gateway.exitCode() == 0)
                let rest = try await run("quarantine", "release", "--all", "--config", path)
                #expect(rest.code == 0)
                #expect(rest.output == "\(ids[1]) is service plan plan1's\n")
                let shown = try await run("show", ids[1], "--config", path)
                #expect(shown.output.contains("of             service plan plan1\n"), "\(shown.output)")
                #expect(shown.output.contains("webhook: this message waits to be sent"))
                let left = try await run("quarantine", "--json", "--config", path)
                #expect(left.output.contains(#"{"count":1,"inbounds":[{"id":"\#(ids[2])""#), "\(left.output)")
                await client.shutdown()
            }
        }
    }
}
