package import GatewayCore

/// What became of messages, as the store has it.
package struct SentStates: Sendable, Equatable {
    /// Those that were found.
    let messages: [Message]
    /// How many were asked for.
    let count: Int

    package var isFinal: Bool { messages.count == count && messages.allSatisfy(\.state.isFinal) }

    package var isDelivered: Bool { messages.count == count && messages.allSatisfy { $0.state == .delivered } }

    /// A line for each message, with the reason where one is known.
    package var text: String {
        messages.map { message in
            let reason = message.statusText.map { ": \($0)" } ?? ""
            return "\(message.id) \(message.state.inWords)\(reason)"
        }.joined(separator: "\n")
    }

    /// The states of messages when they are final, or as they are at the deadline.
    ///
    /// - Parameter ids: of messages.
    package static func when(
        final ids: [String], in store: any StoreInspection, within timeout: Duration
    ) async throws -> SentStates {
        let deadline = ContinuousClock.now + timeout
        while true {
            var messages: [Message] = []
            for id in ids { messages += try await store.stories(of: id, limit: 1).stories.map(\.message) }
            let states = SentStates(messages: messages, count: ids.count)
            guard !states.isFinal, .now < deadline else { return states }
            try await Task.sleep(for: .milliseconds(250))
        }
    }
}
