import ConfigurationReading
import CurlHTTP
import GatewayCore
import Trust

extension ConfigurationReader {
    /// The customers of the SMS REST API.
    func servicePlans(_ general: TLSTrust) -> [ServicePlan] {
        var ids: [String: ConfigurationPath] = [:]
        var tokens: [KnownSecret: ConfigurationPath] = [:]
        var numbers: [String: ConfigurationPath] = [:]
        return objects("service_plans") { reader in
            let id = reader.uniqueName("id", in: &ids, "give each plan its own")
            var plan = ServicePlan(id: id, apiTokens: [])
            plan.apiTokens = reader.list("api_tokens", of: .knownSecret, atLeast: 1) { token, path in
                reader.claim(token, at: path, in: &tokens, "a token tells one plan from all others, so make a new one")
            }
            reader.read("default_originator", .originator, into: &plan.customer.defaultOriginator)
            plan.customer.numbers = reader.list("numbers", of: .number) { number, path in
                reader.claim(number, at: path, in: &numbers, "an inbound message goes to one plan, so keep one")
            }
            reader.readCallback(into: &plan)
            reader.read("project", .name, into: &plan.project)
            reader.read("text_as_mms", .flag, into: &plan.sendsTextAsMMS)
            reader.read("parameters_in_subject", .flag, into: &plan.hasSubjectParameters)
            reader.read("requests_per_second", .number(0.01...1_000_000), into: &plan.customer.requestsPerSecond)
            plan.customer.storage = reader.optionalObject("storage") { $0.bucket(general) }
            return plan
        }
    }

    private func readCallback(into plan: inout ServicePlan) {
        var url: String?
        var credentials = CallbackCredentials()
        read("callback_url", .webURL(), into: &url)
        read("callback_secret", .secret, into: &credentials.secret)
        credentials.login = optionalObject("callback_basic_auth") { $0.login() }
        credentials.headers = headers("callback_headers")
        plan.setCallback(url, credentials)
    }

    /// Checks that no plan has a project's id, as both share one path, and that a plan's project exists.
    func checkProjects(of plans: [ServicePlan], among projects: [Project]) {
        let known = projects.map(\.id)
        var taken: [String: ConfigurationPath] = [:]
        for (index, plan) in plans.enumerated() {
            let plans = path.member("service_plans").element(index)
            if known.contains(plan.id), plan.project != plan.id {
                fault(at: plans.member("id"), "is the id of a project too; both are below /xms/v1, so give it another")
            }
            guard let project = plan.project else { continue }
            claim(project, at: plans.member("project"), in: &taken, "a project's tokens open one plan")
            if !known.contains(project) {
                let question = Suggestion.question(for: project, among: known)
                fault(
                    at: plans.member("project"), "names \"\(project)\", but no entry of projects has this id\(question)"
                )
            }
        }
    }

    /// Headers to be sent along, except those that the gateway sets itself.
    ///
    /// - Parameter format: of their names.
    func headers(
        _ key: String, named format: ValueFormat<String> = .headerName
    ) -> [(name: String, value: Secret)] {
        var names: [String: ConfigurationPath] = [:]
        let headers = objects(key) { reader -> (name: String, value: Secret)? in
            let (name, value) = (reader.required("name", format), reader.required("value", .secret))
            guard let name, let value else { return nil }
            if let fault = HTTPHeaders.fault(inField: name, value.reveal()) {
                reader.fault("value", "cannot be sent: \(fault)")
            }
            reader.claim(name.lowercased(), at: reader.path.member("name"), in: &names, "give each header once")
            return (name, value)
        }
        return headers.compactMap { $0 }
    }

    /// The required name of something; empty when it is faulty. A name that is given twice is reported.
    func uniqueName(_ key: String, in taken: inout [String: ConfigurationPath], _ advice: String) -> String {
        guard let name = required(key, .name) else { return "" }
        claim(name, at: path.member(key), in: &taken, advice)
        return name
    }
}
