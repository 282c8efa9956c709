import GatewayCore

extension Face {
    static let customers = Directory(
        servicePlans: [shop, ServicePlan(id: "bare", apiTokens: [Secret(bareToken)]), text, slow],
        projects: [
            Project(id: "bakery", accessKeys: [bakeryKey]),
            Project(
                id: "lone", accessKeys: [loneKey],
                apps: [Project.App(id: "app", defaultSender: Originator("33155500111"))]),
        ],
        mmscs: [MMSC(name: "south", url: "http://mmsc.example", defaultSender: Originator("33155500100"))],
        routes: Routes([.init(prefix: "1", mmscs: ["north"]), .init(prefix: "33", mmscs: ["south"])]))

    private static var shop: ServicePlan {
        var plan = ServicePlan(
            id: "shop", apiTokens: [Secret("older-token"), Secret(token)],
            defaultOriginator: Originator("12025550100"), callbackURL: "https://hooks.bakery.example/plan",
            callbackSecret: Secret("shop-secret"))
        plan.project = "bakery"
        return plan
    }

    private static var text: ServicePlan {
        var plan = ServicePlan(
            id: "text", apiTokens: [Secret("text-token")], defaultOriginator: Originator("12025550100"))
        plan.sendsTextAsMMS = true
        plan.hasSubjectParameters = true
        return plan
    }

    private static var slow: ServicePlan {
        var plan = ServicePlan(
            id: "slow", apiTokens: [Secret("slow-token")], defaultOriginator: Originator("12025550100"))
        plan.customer.requestsPerSecond = 2
        return plan
    }
}
