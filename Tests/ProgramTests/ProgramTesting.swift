import CurlHTTP
import Foundation
import TestPeers
import Testing

/// What suites of the built program have in common: a configuration, where it listens, and what is asked of it.
protocol ProgramTesting {}

extension String {
    /// The number that this line of the log has by that key; numbers stand without quotes.
    func loggedNumber(_ key: String) -> Int? {
        guard let mark = firstRange(of: " \(key)=") else { return nil }
        return Int(self[mark.upperBound...].prefix { $0 != " " })
    }
}

/// One for all requests.
private let sharedClient = Result { try HTTPClient() }

extension ProgramTesting {
    /// A configuration file in the folder whose ports are the system's choice.
    ///
    /// - Parameter more: further members, each with a comma behind it.
    func configure(
        _ folder: String, mmscURL: String = "http://127.0.0.1:1/mm7", plans: [String] = ["plan1"],
        serverPort: Int = 0, mm7Port: Int = 0, operationsPort: Int = 0, onLostAnswer: String = "resend",
        drain: String = "20s", level: String = "info", egress: String = #"["127.0.0.0/8"]"#,
        more: String = ""
    ) throws -> String {
        let path = folder + "/gateway.json"
        let plans = plans.map { #"{id: "\#($0)", api_tokens: ["token-of-\#($0)"], default_originator: "12025550100"}"# }
        try """
        {
          server: {listen: "127.0.0.1:\(serverPort)"}, mm7: {listen: "127.0.0.1:\(mm7Port)"},
          operations: {listen: "127.0.0.1:\(operationsPort)"},
          data_directory: "\(folder)/data",
          service_plans: [\(plans.joined(separator: ", "))],
          mmscs: [{name: "north", url: "\(mmscURL)", vaspid: "vasp", on_lost_answer: "\(onLostAnswer)"}],
          routes: [{prefix: "", mmscs: ["north"]}],
          egress: {allow: \(egress)},
          submission: {first_delay: "50ms", last_delay: "200ms"},
          webhooks: {first_delay: "50ms"},
          shutdown: {drain: "\(drain)"},
          log: {level: "\(level)"}, \(more)
        }
        """.write(toFile: path, atomically: true, encoding: .utf8)
        return path
    }

    /// Runs a command to its end.
    func run(_ arguments: [String], heedsPermissions: Bool = false) async throws -> (
        code: Int32, output: String
    ) {
        let program = try Program(arguments: arguments, heedsPermissions: heedsPermissions)
        let output = await program.output()
        return (try await program.exitCode(), output)
    }

    /// The ports that the program says it listens on.
    func ports(of program: Program) async throws -> (customers: Int, mm7: Int, operations: Int) {
        let line = try await program.line(with: "Listening")
        func port(_ name: String) throws -> Int {
            try #require(line.loggedNumber(name))
        }
        return (try port("customers"), try port("mm7"), try port("operations"))
    }

    func post(_ body: String, to port: Int, plan: String = "plan1") async throws -> HTTPResponse {
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)/xms/v1/\(plan)/batches")
        request.headers = ["Authorization": "Bearer token-of-\(plan)", "Content-Type": "application/json"]
        request.body = [Array(body.utf8)[...]]
        return try await sharedClient.get().send(request)
    }

    func batch(for customerURL: String, count: Int = 1) -> String {
        let numbers = (0..<count).map { "\"1555010\(1000 + $0)\"" }.joined(separator: ",")
        return """
            {"type":"mt_media","to":[\(numbers)],"delivery_report":"summary","callback_url":"\(customerURL)/webhook",\
            "body":{"url":"\(customerURL)/picture.jpg","message":"Hello"}}
            """
    }

    func readiness(at port: Int) async throws -> (status: Int, body: String) {
        let request = HTTPRequest(method: .get, url: "http://127.0.0.1:\(port)/readyz")
        let response = try await sharedClient.get().send(request)
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    /// Posts a DeliveryReportReq that names no message, as an MMSC does.
    func report(to port: Int) async throws -> (status: Int, body: String) {
        var request = HTTPRequest(method: .post, url: "http://127.0.0.1:\(port)/mm7/north")
        request.headers = ["Content-Type": "text/xml; charset=utf-8"]
        request.body = [Array(ReportText.ofNobodysMessage.utf8)[...]]
        let response = try await sharedClient.get().send(request)
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }

    /// Asks until the answer is as wanted, for a minute at most; returns the last answer.
    func poll<Answer>(
        _ ask: () async throws -> Answer, until isWanted: (Answer) -> Bool
    ) async throws -> Answer {
        let end = ContinuousClock.now + .seconds(60)
        var answer = try await ask()
        while !isWanted(answer), .now < end {
            try await Task.sleep(for: .milliseconds(20))
            answer = try await ask()
        }
        return answer
    }

    /// Ends the program as an operator does, and expects that it ends well.
    func stop(_ program: Program) async throws {
        program.send(SIGTERM)
        #expect(try await program.exitCode() == 0)
    }

    func setMode(_ mode: mode_t, of path: String) throws {
        guard chmod(path, mode) == 0 else { throw Unexpected("\(path) got no mode") }
    }
}
