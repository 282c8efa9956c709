import GatewayCore
import Testing

@Suite("Who gets what is sent to a number")
struct CustomerTests {
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
        #expect(directory().customers(at: number).map(\.owner) == owners)
    }

    @Test(
        "a plan stands for the apps of the project that it names",
        arguments: [
            ("50505", [Owner.servicePlan("plan1")]), ("70707", [.servicePlan("plan1")]),
            ("60606", [.servicePlan("plan2"), .app("desk", project: "p2")]),
        ])
    func named(number: String, owners: [Owner]) {
        #expect(directory(naming: "p1").customers(at: number).map(\.owner) == owners)
    }

    @Test("an app with a webhook gets its own, also where a plan names its project")
    func notifiedApp() {
        var directory = directory(naming: "p1")
        directory.projects["p1"]?.apps[0].webhooks = [
            Project.Webhook(id: "hook", target: "https://a.example", triggers: [.messageInbound])
        ]

        #expect(directory.customers(at: "70707").map(\.owner) == [.app("shop", project: "p1")])
        #expect(directory.customers(at: "50505").map(\.owner) == [.servicePlan("plan1"), .app("shop", project: "p1")])
    }

    @Test("an owner is the customer that the configuration has at the moment, if it has one")
    func now() {
        let directory = directory(naming: "p1")

        #expect(directory.customer(.servicePlan("plan2"))?.numbers == ["60606"])
        #expect(directory.customer(.app("desk", project: "p2"))?.numbers == ["60606", "80808"])
        for gone in [Owner.servicePlan("p2"), .app("desk", project: "p1"), .app("desk", project: "gone")] {
            #expect(directory.customer(gone)?.owner == nil)
        }
    }

    @Test("of two plans that name a project, one has it")
    func naming() {
        var directory = directory(naming: "p2")
        directory.servicePlans["plan2"]?.project = "p2"

        #expect(directory.servicePlan(naming: "p2")?.id == "plan1")
        #expect(directory.servicePlan(naming: "p1")?.id == nil)
    }

    @Test("files of a copy wait for their upload where the customer has a storage, and there alone")
    func uploads() {
        var with = Customer(.servicePlan("with"))
        let without = Customer(.servicePlan("without"))
        with.storage = Bucket(
            endpoint: "https://s3.example", region: "eu-1", name: "media", accessKeyID: "AKID",
            secretAccessKey: Secret("hush"))
        let text = Inbound(id: .number(1), owner: nil, from: "12025550101", to: "50505", receivedAt: .noon)
        let file = Inbound(
            id: .number(2), owner: nil, from: "12025550101", to: "50505", receivedAt: .noon,
            media: [.init(contentType: "image/jpeg", url: nil)])

        #expect([text, file].map { with.copy($0).uploadToken != nil } == [false, true])
        #expect([text, file].map { without.copy($0).uploadToken != nil } == [false, false])
    }

    @Test("a plan with an address is told, and an app is not yet")
    func told() {
        let inbound = Inbound(id: .number(1), owner: nil, from: "12025550101", to: "50505", receivedAt: .noon)

        #expect(directory().customers(at: "50505").map { $0.copy(inbound).notifiesOwner } == [true, false])
        #expect(directory().customers(at: "60606").map { $0.copy(inbound).notifiesOwner } == [false, false])
    }
}
