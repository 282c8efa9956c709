import ArgumentParser
import ConfigurationReading
import FoundationEssentials
import Gateway
import GatewayConfiguration
import GatewayCore
import Operating

struct QuarantineRelease: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release",
        abstract: "Gives messages to the owners that the configuration has now for their numbers.",
        discussion: """
            They are notified as if the messages had just come; a running gateway notifies them once it has read the \
            configuration too (SIGHUP). Ends with 1 if one of the messages is not in quarantine, or nobody has its number.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Argument(help: ArgumentHelp("The ids that the list shows.", valueName: "ID"))
    var ids: [String] = []

    @Flag(help: "Releases all messages whose numbers have an owner now, and leaves the others.")
    var all = false

    /// How long to wait for a gap between a busy gateway's commits.
    private static let patience = Duration.seconds(30)
    /// The most messages that are held at once; where there are more, `--all` has to be called again.
    private static let limit = 10_000

    func validate() throws {
        guard ids.isEmpty == all else { throw ValidationError("release needs either ids or --all") }
    }

    func run() async throws {
        let configuration = try options.load(for: .looking)
        let found = try await OperatorStore.reading(configuration) { inspection in
            if all { return try await inspection.quarantined(limit: Self.limit).stories }
            var stories: [InboundStory] = []
            for id in ids {
                stories += try await inspection.inbounds(named: id).stories.filter { $0.inbound.id.description == id }
            }
            return stories
        }
        let targets = APIs.targets(in: CurrentDirectory(configuration.directory), by: configuration)
        let isComplete = try await OperatorStore.orEnd {
            try await OperatorStore.releasing(configuration, patience: Self.patience, targets: targets) { quarantine in
                try await release(
                    found, from: quarantine, by: configuration.directory,
                    clock: SteadyClock.ofGateway(in: configuration.dataDirectory))
            }
        }
        guard isComplete else { throw ExitCode.failure }
    }

    /// - Returns: whether everything asked for was released.
    private func release(
        _ stories: [InboundStory], from quarantine: any Quarantine, by directory: Directory, clock: SteadyClock
    ) async throws -> Bool {
        let known = Set(stories.map(\.inbound.id.description))
        let missing =
            ids.filter { !known.contains($0) }
            + stories.filter { $0.inbound.owner != nil }.map(\.inbound.id.description)
        for id in missing { StandardError.print("\(id) is not in quarantine") }
        var isComplete = missing.isEmpty
        var owned: [(inbound: Inbound, customers: [Customer])] = []
        for inbound in stories.lazy.map(\.inbound) where inbound.owner == nil {
            let customers = directory.customers(at: inbound.to)
            if !customers.isEmpty {
                owned.append((inbound, customers))
            } else if !all {
                StandardError.print("\(inbound.id) stays: no service plan and no app has the number \(inbound.to)")
                isComplete = false
            }
        }
        let new = ULIDGenerator()
        while !owned.isEmpty {
            let next = owned.prefix(InboundRelease.limit)
            owned.removeFirst(next.count)
            let now = clock.now()
            let released = try await quarantine.release(
                next.map {
                    InboundRelease($0.inbound.id, as: copies(of: $0.inbound, for: $0.customers, new, now: now))
                },
                now: now)
            for (inbound, customers) in next {
                if released.contains(inbound.id) {
                    print("\(inbound.id) is \(customers.map(\.owner.inWords).joined(separator: ", and "))'s")
                } else {
                    StandardError.print("\(inbound.id) is not in quarantine any more")
                    isComplete = false
                }
            }
            if !owned.isEmpty { try await Task.sleep(for: Self.pause) }
        }
        return isComplete
    }

    /// The pause between two releases, in which the gateway can write.
    private static let pause = Duration.milliseconds(250)

    private func copies(
        of inbound: Inbound, for customers: [Customer], _ new: ULIDGenerator, now: Date
    ) -> [InboundDelivery.Copy] {
        customers.enumerated().map { index, customer in
            customer.copy(inbound.given(to: customer.owner, as: index == 0 ? inbound.id : new.next(at: now)))
        }
    }
}
