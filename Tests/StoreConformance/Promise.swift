package import Foundation
package import GatewayCore
import Testing

/// A behaviour that every store shows, and the test of it. What has none is not promised.
package struct Promise: Sendable, CustomTestStringConvertible {
    package let testDescription: String
    private let body: @Sendable (Scene) async throws -> Void

    init(_ sentence: String, _ body: @escaping @Sendable (Scene) async throws -> Void) {
        testDescription = sentence
        self.body = body
    }

    /// Sees whether a store keeps the promise.
    ///
    /// - Parameter place: where there is no store yet.
    package func check(at place: StorePlace) async throws {
        let scene = try await Scene(opening: place)
        try await body(scene)
        await scene.store.close()
    }
}

/// A place of its own for one store, as the tests of a kind of store prepare it.
package struct StorePlace: Sendable {
    /// Opens the store, or again what was closed there, at a time. It asks for the targets of each event, and raises the signals.
    package typealias Opening =
        @Sendable (_ now: Date, _ signals: WorkSignals, _ targets: @escaping CallTargets) async throws(StoreFailure) ->
        any Store

    let open: Opening

    package init(_ open: @escaping Opening) {
        self.open = open
    }
}

extension Promise {
    /// The same for each of several cases.
    static func each<Row: Sendable>(
        _ sentence: String, of rows: [Row], _ body: @escaping @Sendable (Scene, Row) async throws -> Void
    ) -> [Promise] {
        rows.map { row in Promise("\(sentence): \(row)") { scene in try await body(scene, row) } }
    }

    /// Promises about one thing, which `about` says.
    static func list(_ about: String, @Lines of promises: () -> [Promise]) -> [Promise] {
        promises().map { Promise("\(about): \($0.testDescription)", $0.body) }
    }

    @resultBuilder
    enum Lines {
        static func buildExpression(_ promise: Promise) -> [Promise] { [promise] }
        static func buildExpression(_ promises: [Promise]) -> [Promise] { promises }
        static func buildBlock(_ lines: [Promise]...) -> [Promise] { lines.flatMap(\.self) }
    }
}
