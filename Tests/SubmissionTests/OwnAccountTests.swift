import CurlHTTP
import Doubles
import GatewayCore
import MM7
import MockMMSC
import Testing

@testable import Submission

@Suite("Messages of an app that has an account of its own", .timeLimit(.minutes(5)))
struct OwnAccountTests {
    private static let owner = Owner.app("shop", project: "p")
    private static let operators = MMSC.Login(username: "operator", password: Secret("operators-password"))
    private static let apps = MMSC.Login(username: "shop", password: Secret("shops-password"))

    private let bench: SubmissionBench
    private let client: HTTPClient

    init() throws {
        bench = try SubmissionBench()
        client = try HTTPClient()
    }

    /// The MMSC with the operator's account, and the app with its own, in one directory.
    private func directory(at url: String, account: String = "shops", ownsAccount: Bool = true) -> Directory {
        var mmsc = MMSC(name: "north", url: url, vaspID: "operators-vasp", login: Self.operators)
        mmsc.account = "operators"
        var app = Project.App(id: "shop")
        if ownsAccount { app.ownAccount = MMSAccount(id: account, vaspID: Secret("shops-vasp"), login: Self.apps) }
        return Directory(projects: [Project(id: "p", accessKeys: [], apps: [app])], mmscs: [mmsc])
    }

    /// An MMSC that knows nobody but the holder of that login.
    private func peer(of login: MMSC.Login, vaspID: String) -> MockMMSC {
        var configuration = MockMMSC.Configuration()
        configuration.login = BasicCredentials(username: login.username, password: login.password.reveal())
        configuration.vaspID = vaspID
        return MockMMSC(configuration)
    }

    private func result(
        at url: String, by directory: Directory, health: Health? = nil, of owner: Owner = owner
    ) async throws -> SubmissionResult? {
        let store = SubmissionStore([try await bench.batch(of: owner)])
        await bench.submitter(
            store, directory: CurrentDirectory(directory), client: client, health: health
        ).submit(SubmissionBench.claim())
        return await store.kept.first
    }

    @Test("its VASPID and its login are what the MMSC gets")
    func own() async throws {
        let mmsc = peer(of: Self.apps, vaspID: "shops-vasp")
        try await mmsc.serving { url in
            let result = try await result(at: url, by: directory(at: url))

            guard case .accepted? = result?.event else { throw Unexpected("\(result as Any)") }
        }
        #expect(mmsc.journal.counts.accepted == 1)
    }

    @Test("where the MMSC has an account of the same id, that is what the MMSC gets")
    func sameAccount() async throws {
        let mmsc = peer(of: Self.operators, vaspID: "operators-vasp")
        try await mmsc.serving { url in
            _ = try await result(at: url, by: directory(at: url, account: "operators"))
            _ = try await result(at: url, by: directory(at: url, ownsAccount: false))
            _ = try await result(at: url, by: directory(at: url), of: .servicePlan("plan1"))
        }
        #expect(mmsc.journal.counts.accepted + mmsc.journal.counts.repeated == 3)
    }

    @Test("an account that the MMSC does not know ends the message, and the MMSC counts as well for all others")
    func unknownAccount() async throws {
        let mmsc = peer(of: Self.operators, vaspID: "operators-vasp")
        try await mmsc.serving { url in
            let directory = directory(at: url)
            let health = Health(
                directory: CurrentDirectory(directory), signals: WorkSignals(), logger: LogLines().logger)
            for _ in 0..<30 {
                let result = try await result(at: url, by: directory, health: health)
                #expect(result?.event == .refused(.badConfiguration))
            }

            let north = try #require(directory.mmscs["north"])
            #expect(health.allowance(of: north, generation: 0, now: SubmissionBench.now) == .all)
        }
        #expect(mmsc.journal.counts.unauthorized == 30)
    }

    @Test("a message of an app that is not there waits for it, and is not sent by another account")
    func gone() async throws {
        let directory = directory(at: "http://127.0.0.1:1/mm7")
        let result = try await result(
            at: "http://127.0.0.1:1/mm7", by: directory, of: .app("gone", project: "p"))

        #expect(result?.event == .postponed)
        #expect(result?.isTry == false)
        #expect(result?.dueAt == SubmissionBench.now + .seconds(30))
        #expect(client.statistics.requests == 0)
    }

    @Test("a CancelReq goes by the same account")
    func cancelled() throws {
        let directory = directory(at: "http://mmsc.example/mm7")
        let mmsc = try directory.mmsc(try #require(directory.mmscs["north"]), for: Self.owner)
        let cancellation = Cancellation(
            mmsc: "north", messageID: "m-1", messages: [ULID(high: 1, low: 1)], owner: Self.owner, tries: 1)

        let request = try CancelRequest(cancellation, to: mmsc).http(in: nil)

        let body = String(decoding: request.body.flatMap { Array($0) }, as: UTF8.self)
        #expect(body.contains("<VASPID>shops-vasp</VASPID>"))
        #expect(request.credentials?.username == "shop")
    }

    @Test(
        "what the MMSC says of the account is the customer's, and what it says of the address the operator's",
        arguments: [(401, true), (403, true), (404, false), (302, false), (501, false)])
    func judged(httpStatus: Int, isAccount: Bool) {
        let verdict = Verdict(httpStatus: httpStatus, retryAfter: nil).judgingAccount(httpStatus: httpStatus)

        if case .refused(.badConfiguration, nil, _) = verdict {
            #expect(isAccount)
        } else {
            #expect(!isAccount)
        }
    }

    @Test("a try that an app's own account has used up is another message's")
    func trying() {
        var breaker = CircuitBreaker()
        let limits = BreakerLimits()
        let now = SubmissionBench.now
        for _ in 0..<limits.failures { _ = breaker.record(.unwell("no answer"), of: "x", limits, now: now) }
        let later = now + limits.lastPause
        let first = breaker.allowance(limits, now: later)
        breaker.beginTry("shops")

        let isChanged = breaker.record(.nothing, of: "shops", limits, now: later)
        let second = breaker.allowance(limits, now: later)
        let isChangedByOthers = breaker.record(.nothing, of: "others", limits, now: later)

        #expect(first == .one)
        #expect(isChanged)
        #expect(second == .one)
        #expect(!isChangedByOthers)
    }
}

private struct Unexpected: Error {
    let what: String

    init(_ what: String) { self.what = what }
}
