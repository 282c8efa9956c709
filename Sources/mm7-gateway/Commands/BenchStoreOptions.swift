import ArgumentParser
import Bench
import GatewayCore

/// Where the gateway that `bench` measures keeps its messages.
struct BenchStoreOptions: ParsableArguments {
    @Option(
        name: .customLong("store"),
        help: "Where the gateway keeps its messages; for postgresql a server is started and removed in the end.")
    var kind = BenchStore.Kind.sqlite

    @Option(
        help: ArgumentHelp(
            "A PostgreSQL server to use instead, as in store.postgresql; the tables are in a schema that is removed.",
            valueName: "address"))
    var server: String?

    func validate() throws {
        if server != nil, kind != .postgresql { throw ValidationError("--server is for --store postgresql") }
    }

    var value: BenchStore { BenchStore(kind, server: server.map { Secret($0) }) }
}

extension BenchStore.Kind: ExpressibleByArgument {}
