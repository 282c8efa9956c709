import Foundation
import Testing

@testable import GatewayCore

@Suite("The directory in force")
struct CurrentDirectoryTests {
    private static let old = "01AAAAAAAAAAAAAAAAAAAAAAAA"
    private static let new = "01BBBBBBBBBBBBBBBBBBBBBBBB"

    private static func project(_ id: String, _ apps: Project.App...) -> Project {
        Project(id: id, accessKeys: [], apps: apps)
    }

    private static func webhook(_ id: String) -> Project.Webhook {
        Project.Webhook(id: id, target: "https://\(id).example", triggers: [.messageDelivery])
    }

    private let configured = Directory(
        servicePlans: [ServicePlan(id: "plan", apiTokens: [], numbers: ["40404"])],
        projects: [project("p1", Project.App(id: "shop", numbers: ["50505"])), project("p2")])

    /// The directory with these apps, each with numbers, in the project `p1` or another.
    private func directory(
        _ apps: [(id: String, numbers: [String])], of project: String = "p1",
        webhooks: [String: [Project.Webhook]] = [:]
    ) -> CurrentDirectory {
        let directory = CurrentDirectory(configured)
        directory.replace(
            with: Directory.Additions(
                apps: [project: apps.map { Project.App(id: $0.id, numbers: $0.numbers) }],
                webhooks: [project: webhooks]))
        return directory
    }

    @Test("apps of the API stand beside those of the configuration")
    func beside() {
        let now = directory([(Self.old, ["60606"])]).now

        #expect(now.projects["p1"]?.apps.map(\.id) == ["shop", Self.old])
        #expect(now.projects["p1"]?.app(Self.old)?.numbers == ["60606"])
        #expect(now.customers(at: "60606").map(\.owner) == [.app(Self.old, project: "p1")])
    }

    @Test("a reload keeps what was made through the API, and a change through the API keeps the configuration")
    func replaced() {
        let directory = directory([(Self.old, [])])

        directory.replace(with: Directory(projects: [Self.project("p1")]))
        #expect(directory.now.projects["p1"]?.apps.map(\.id) == [Self.old])
        #expect(directory.now.generation == 1)

        directory.replace(with: Directory.Additions())
        #expect(directory.now.projects["p1"]?.apps.isEmpty == true)
        #expect(directory.now.generation == 1)
    }

    @Test("an app of a project that the configuration does not have is left out until it has it")
    func withoutProject() {
        let directory = directory([(Self.old, ["60606"])], of: "gone")
        #expect(directory.now.projects["gone"] == nil)
        #expect(directory.now.customers(at: "60606").isEmpty)

        directory.replace(with: Directory(projects: [Self.project("gone")]))
        #expect(directory.now.projects["gone"]?.app(Self.old) != nil)
    }

    @Test("an app whose id the configuration names is the configuration's")
    func sameID() {
        let now = directory([("shop", ["60606"])]).now

        #expect(now.projects["p1"]?.apps.map(\.numbers) == [["50505"]])
    }

    @Test("a number that the configuration gives to a plan or an app stays there", arguments: ["40404", "50505"])
    func configuredNumber(number: String) {
        let now = directory([(Self.old, [number])], of: "p2").now

        #expect(now.projects["p2"]?.app(Self.old)?.numbers == [])
        #expect(!now.customers(at: number).contains { $0.owner == .app(Self.old, project: "p2") })
    }

    @Test("of two apps of the API with one number the older has it, also where its project comes later")
    func older() {
        let directory = CurrentDirectory(configured)
        directory.replace(
            with: Directory.Additions(apps: [
                "p1": [Project.App(id: Self.new, numbers: ["60606"])],
                "p2": [Project.App(id: Self.old, numbers: ["60606"])],
            ]))

        #expect(directory.now.customers(at: "60606").map(\.owner) == [.app(Self.old, project: "p2")])
    }

    @Test("an older app that takes another's number as its own later does not get it")
    func takenOver() {
        var late = Project.App(id: Self.old, numbers: ["60606"])
        late.numbersSince = Date(timeIntervalSince1970: 2)
        var first = Project.App(id: Self.new, numbers: ["60606"])
        first.numbersSince = Date(timeIntervalSince1970: 1)
        let directory = CurrentDirectory(configured)
        directory.replace(with: Directory.Additions(apps: ["p1": [late], "p2": [first]]))

        #expect(directory.now.customers(at: "60606").map(\.owner) == [.app(Self.new, project: "p2")])
    }

    @Test("webhooks of the API are those of their app, which the configuration may name")
    func webhooks() {
        let now = directory(
            [(Self.old, [])], webhooks: ["shop": [Self.webhook("w1")], Self.old: [Self.webhook("w2")]]
        ).now

        #expect(now.projects["p1"]?.app("shop")?.webhooks.map(\.id) == ["w1"])
        #expect(now.projects["p1"]?.app(Self.old)?.webhooks.map(\.id) == ["w2"])
    }
}
