import FoundationEssentials

/// How fast the Conversation API takes messages and batches, and how fast its callbacks go out. The gateway is a process of
/// its own; the calls come from this one, and the callbacks go to it.
struct ConversationBench: Sendable {
    /// How many messages are sent, and as many more that fail at once.
    let calls: Int
    let clients: Int
    let dataDirectory: String

    /// How many calls come before the measurement begins, at most as many as are measured.
    private static let warmUp = 500
    private static let batchCount = 60
    private static let batchRecipients = 1000

    /// What was measured.
    struct Figures: Sendable {
        var sends: Latencies
        /// Batches of 1,000 recipients, one after the other.
        var batches: Latencies
        /// How long so many callbacks took, the first excluded.
        var callbacks: Duration
        var callbackCount: Int
        /// The gateway's time on the processors for the callbacks.
        var processorTime: Duration

        var callbacksPerSecond: Int { Int(Double(callbackCount) / (callbacks / .seconds(1))) }
    }

    func run() async throws -> Figures {
        let sink = try CallSink()
        defer { sink.stop() }
        // Next to no callback goes out while the API is measured; then all of those that wait do.
        let taking = try await BenchGateway(dataDirectory: dataDirectory, sink: sink.port, callsPerSecond: 1)
        let sends = try measure(taking, Self.send, calls)
        let batches = try measure(taking)
        _ = try PostLoad(port: taking.port, template: Self.failing).run(0..<calls, connections: clients)
        taking.stop()
        let calling = try await BenchGateway(dataDirectory: dataDirectory, sink: sink.port, callsPerSecond: 1_000_000)
        defer { calling.stop() }
        let before = calling.process.processorTime
        // Some were made before; those of the last second may come twice.
        let count = calls - calls / 20
        let callbacks = try sink.receive(count)
        return Figures(
            sends: sends, batches: batches, callbacks: callbacks, callbackCount: count,
            processorTime: calling.process.processorTime - before)
    }

    private func measure(_ gateway: BenchGateway, _ template: PostTemplate, _ count: Int) throws -> Latencies {
        let load = PostLoad(port: gateway.port, template: template)
        let warmUp = min(Self.warmUp, count)
        _ = try load.run(0..<warmUp, connections: clients)
        return try load.run(warmUp..<warmUp + count, connections: clients)
    }

    private func measure(_ gateway: BenchGateway) throws -> Latencies {
        let load = PostLoad(port: gateway.batchPort, template: Self.batch)
        _ = try load.run(0..<5, connections: 1)
        return try load.run(5..<5 + min(Self.batchCount, calls), connections: 1)
    }
}

extension ConversationBench {
    private static func post(_ path: String, _ body: String) -> PostTemplate {
        PostTemplate(
            path: "/v1/projects/\(BenchGateway.project)/\(path)",
            [BenchGateway.authorization, "Content-Type: application/json"], Array(body.utf8),
            success: "HTTP/1.1 200 ")
    }

    private static func message(properties: String) -> String {
        """
        {"app_id":"\(BenchGateway.app)","recipient":{"identified_by":{"channel_identities":\
        [{"channel":"MMS","identity":"1555\(PostTemplate.placeholder)"}]}},\
        "message":{"text_message":{"text":"Your order has left our house"}},\
        "channel_properties":{\(properties)},"message_metadata":"order \(PostTemplate.placeholder)"}
        """
    }

    private static let send = post("messages:send", message(properties: #""MMS_SENDER":"12025550100""#))

    /// A message without a sender, which is taken and fails at once: it causes one callback.
    private static let failing = post("messages:send", message(properties: ""))

    /// A batch for later, so that nothing is made of it meanwhile.
    private static var batch: PostTemplate {
        let recipients = (0..<batchRecipients).map { number in
            """
            {"recipient":{"identified_by":{"channel_identities":\
            [{"channel":"MMS","identity":"1\(2_025_550_000 + number)"}]}},"parameters":{"name":"Ana \(number)"}}
            """
        }
        let later = Date().addingTimeInterval(3600).formatted(.iso8601)
        return post(
            "messages",
            """
            {"app_id":"\(BenchGateway.app)","message":{"text_message":{"text":"Hello ${name}, \(PostTemplate.placeholder)"}},\
            "recipient_and_params":[\(recipients.joined(separator: ","))],\
            "channel_properties":{"MMS_SENDER":"12025550100"},"send_after":"\(later)"}
            """)
    }
}
