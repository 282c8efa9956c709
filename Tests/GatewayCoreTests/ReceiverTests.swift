import GatewayCore
import Testing

@Suite("Who gets what is sent to a number")
struct ReceiverTests {
    private func directory(naming project: String? = nil) -> Directory {
        var first = ServicePlan(
            id: "plan1", apiTokens: [], numbers: ["40404", "50505"], callbackURL: "https://a.example")
        first.project = project
        let second = ServicePlan(id: "plan2", apiTokens: [], numbers: ["60606"])
        let shop = Project.App(id: "shop", numbers: ["50505", "70707"])
        let desk = Project.App(id: "desk", numbers: ["60606", "80808"])
        return Directory(
            servicePlans: [first, second],
            projects: [
                Project(id: "p1", accessKeys: [], apps: [shop]), Project(id: "p2", accessKeys: [], apps: [desk]),
            ])
    }

    @Test(
        "the plan and the app that have the number, and nobody else",
        arguments: [
            ("40404", [Owner.servicePlan("plan1")]), ("70707", [.app("shop", project: "p1")]),
            ("50505", [.servicePlan("plan1"), .app("shop", project: "p1")]),
            ("60606", [.servicePlan("plan2"), .app("desk", project: "p2")]), ("90909", []),
        ])
    func owners(number: String, owners: [Owner]) {
        #expect(directory().receivers(at: number).map(\.owner) == owners)
    }

    @Test(
        "a plan stands for the apps of the project that it names",
        arguments: [
            ("50505", [Owner.servicePlan("plan1")]), ("70707", [.servicePlan("plan1")]),
            ("60606", [.servicePlan("plan2"), .app("desk", project: "p2")]),
        ])
    func named(number: String, owners: [Owner]) {
        #expect(directory(naming: "p1").receivers(at: number).map(\.owner) == owners)
    }

    @Test("a plan with an address is told, and an app is not yet")
    func told() {
        #expect(directory().receivers(at: "50505").map(\.isTold) == [true, false])
        #expect(directory().receivers(at: "60606").map(\.isTold) == [false, false])
    }
}
