import ArgumentParser
import Bench
import ConfigurationReading

/// What `bench --life` measures. Without any of these options it measures the suite.
struct LifeOptions: ParsableArguments {
    @Flag(help: "A table of the usual kinds of messages, one after the other; the default.")
    var suite = false

    @Option(help: "Recipients of each batch. (default: 1)")
    var recipients: Int?

    @Option(help: "own: each batch has a picture of its own; shared: all have one. (default: own)")
    var pictures: Pictures?

    @Option(help: "The time that the MMSC takes for an answer. (default: 0s)", transform: Duration.fromOption)
    var mmscDelay: Duration?

    @Option(help: "The time that the media server takes for a picture. (default: 0s)", transform: Duration.fromOption)
    var mediaDelay: Duration?

    @Option(help: "The delivery_report of each batch. (default: per_recipient)")
    var report: LifeOrder.Report?

    @Option(help: "For how many seconds batches are posted, in place of --messages.")
    var seconds: Int?

    @Option(help: "Delivered messages that are in the store before. (default: 0)")
    var stored: Int?

    @Option(help: "Gateways that share the store, with --store postgresql; customers call each in turn. (default: 1)")
    var replicas: Int?

    @Flag(help: "Somebody holds a transaction open at the server meanwhile, with --store postgresql.")
    var heldTransaction = false

    @Flag(help: "The figures as one JSON object.")
    var json = false

    enum Pictures: String, ExpressibleByArgument, CaseIterable { case own, shared }

    func validate() throws {
        for (name, value) in [("recipients", recipients), ("seconds", seconds)] {
            if let value, value < 1 { throw ValidationError("--\(name) must be 1 or more, and is \(value)") }
        }
        if let replicas, !(1...16).contains(replicas) {
            throw ValidationError("--replicas must be from 1 to 16, and is \(replicas)")
        }
        if let recipients, recipients > 1000 {
            throw ValidationError("--recipients must be 1000 or less, and is \(recipients)")
        }
        if let stored, !(0...10_000_000).contains(stored) {
            throw ValidationError("--stored must be from 0 to 10000000, and is \(stored)")
        }
    }

    /// The order that these and the general options make; the suite where none is given.
    func orders(messages: Int?, picture: Int?, inFlight: Int?, clients: Int?) -> [LifeOrder] {
        let isOrdered =
            [recipients, seconds, stored, messages, picture, inFlight, clients, replicas].contains { $0 != nil }
            || heldTransaction || [mmscDelay, mediaDelay].contains { $0 != nil } || pictures != nil || report != nil
        guard isOrdered, !suite else { return LifeSuite.orders }
        var order = LifeOrder()
        if let recipients { order.recipients = recipients }
        if let pictures { order.hasOwnPictures = pictures == .own }
        if let picture { order.pictureBytes = picture }
        if let clients { order.clients = clients }
        if let inFlight { order.inFlight = inFlight }
        if let mmscDelay { order.mmscDelay = mmscDelay }
        if let mediaDelay { order.mediaDelay = mediaDelay }
        if let report { order.report = report }
        if let messages { order.amount = .messages(messages) }
        if let seconds { order.amount = .seconds(seconds) }
        if let stored { order.stored = stored }
        if let replicas { order.replicas = replicas }
        order.holdsTransaction = heldTransaction
        return [order]
    }
}

extension LifeOrder.Report: ExpressibleByArgument {}
