import ArgumentParser
import ConfigurationReading
import GatewayConfiguration
import GatewayCore
import Operating

struct StoreCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "store",
        abstract: "Moves the gateway's data between SQLite and PostgreSQL.",
        subcommands: [StoreCopyCommand.self])
}

struct StoreCopyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "copy",
        abstract: "Copies all data of a stopped gateway to a PostgreSQL server, or back into the data directory.",
        discussion: """
            The configuration names both databases: data_directory and store.postgresql. The target has to be empty; its \
            tables are made. Everything is copied in one transaction and compared with its source before the commit: a copy \
            that fails changes nothing. The source is left as it is. Media and keys stay in the data directory, from which \
            the first start shares them with other gateways; on the way back, what the server has of them is put there. \
            Ends with 1 if a gateway runs on either database, one is not of this release, or the target is not empty.
            """)

    @OptionGroup var options: ConfigurationOptions

    @Option(help: "Where the data goes: postgresql, out of the data directory, or sqlite, into it.")
    var to: StoreCopy.Target

    func run() async throws {
        let configuration = try options.load(for: .looking)
        try await OperatorStore.orEnd {
            let copy = try StoreCopy(configuration, to: to)
            print("Copying \(copy.direction)")
            var (tables, rows) = (0, 0)
            try await copy.run { table in
                print("\(table.name): \(table.rows)")
                (tables, rows) = (tables + 1, rows + table.rows)
            }
            print("\(rows) rows of \(tables) tables are copied; their counts, sums and hashes are those of the source.")
            print("\(copy.advice).")
        }
    }
}

extension StoreCopy.Target: ExpressibleByArgument {}
