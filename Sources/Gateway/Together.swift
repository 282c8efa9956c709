import HTTPServing
import Logging
import ServiceLifecycle

/// Services that are asked to stop at the same moment: one that takes long to end does not keep the others taking work.
///
/// One that ends before that, for whatever reason, ends all: the others are asked to stop gracefully, and the error
/// names the one. They are not cancelled: a server may be left with a connection that nobody takes any more.
struct Together: Service {
    struct Member: Sendable {
        let name: String
        let service: any Service
    }

    let members: [Member]
    /// Called at once with the one that ended; the others may take their time.
    var onEarlyEnd: @Sendable (ServiceEnded) -> Void = { _ in }

    func run() async throws {
        let silent = Logger(label: "services", factory: { _ in SwiftLogNoOpLogHandler() })
        let groups = members.map { ServiceGroup(configuration: .init(services: [$0.service], logger: silent)) }
        let first = await withTaskGroup(of: ServiceEnded?.self) { tasks in
            for (member, group) in zip(members, groups) {
                tasks.addTask {
                    do {
                        try await group.run()
                        return nil
                    } catch {
                        return ServiceEnded(name: member.name, error)
                    }
                }
            }
            var first: ServiceEnded?
            // Not `waitForAll`, which goes on waiting for all the others when one has thrown.
            for await ended in tasks {
                guard let ended, first == nil else { continue }
                first = ended
                guard !Task.isShuttingDownGracefully, !Task.isCancelled else { continue }
                onEarlyEnd(ended)
                for group in groups { await group.triggerGracefulShutdown() }
            }
            return first
        }
        if let first { throw first }
    }
}

/// A service ended though nobody had asked it to stop, or could not begin.
package struct ServiceEnded: Error, CustomStringConvertible {
    package let description: String

    init(name: String, _ error: any Error) {
        if let failure = error as? ListenFailure {
            description = failure.description
        } else if (error as? ServiceGroupError)?.errorCode == .serviceFinishedUnexpectedly {
            description = "\(name) ended before its time"
        } else {
            description = "\(name) ended: \(error)"
        }
    }
}
