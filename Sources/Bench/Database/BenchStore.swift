package import GatewayCore

/// Where the gateway that is measured keeps its messages.
package enum BenchStore: Sendable {
    /// In its data directory.
    case sqlite
    /// On a PostgreSQL server: the one that is named, or one that is started for the measurement.
    case postgresql(server: Secret?)

    package enum Kind: String, CaseIterable, Sendable, Codable {
        case sqlite, postgresql
    }

    package init(_ kind: Kind, server: Secret?) {
        self =
            switch kind {
            case .sqlite: .sqlite
            case .postgresql: .postgresql(server: server)
            }
    }

    var kind: Kind {
        switch self {
        case .sqlite: .sqlite
        case .postgresql: .postgresql
        }
    }

    /// Says at once what it would say when all else is ready.
    ///
    /// - Throws: where a server cannot be started.
    func check() throws {
        if case .postgresql(nil) = self { _ = try ServerPrograms() }
    }

    /// The database of one gateway alone, which is empty; nil where the gateway makes its own.
    ///
    /// - Parameter folder: where a server of its own has its files.
    func database(in folder: String) async throws -> BenchDatabase? {
        switch self {
        case .sqlite: nil
        case .postgresql(nil): try await BenchDatabase(startedIn: folder)
        case .postgresql(let address?): try BenchDatabase(at: address)
        }
    }
}
