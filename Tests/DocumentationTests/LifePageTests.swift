import GatewayCore
import MM7
import Testing

@testable import SMSAPI

@Suite("The page on the life of a message")
struct LifePageTests {
    private let page: Page

    init() throws { page = try Page("docs/life-of-a-message.md") }

    @Test("its diagrams have the steps that a message can take, and no other")
    func diagrams() {
        let drawn = page.diagrams("stateDiagram-v2").joined().compactMap { line -> String? in
            let ends = line.prefix { $0 != ":" }.split(separator: " ").map(String.init)
            return ends.count == 3 && ends[1] == "-->" && ends[0] != "[*]" ? "\(ends[0]) \(ends[2])" : nil
        }

        #expect(Set(drawn) == Self.steps)
        #expect(drawn.count == Self.steps.count)
    }

    @Test("has the status and the code of every failure", arguments: MessageState.Failure.allCases)
    func failures(_ failure: MessageState.Failure) throws {
        let row = try #require(page.rows.first { Page.quoted(in: $0[0]) == [failure.rawValue] })

        let status = ReportStatus(.failed(failure))
        #expect(row[1] == "`\(status.status.rawValue)`")
        #expect(row[2] == "\(status.code)")
    }

    @Test("names the disposition that a code has, and every code that has another than its class")
    func dispositions() throws {
        let rows = try page.rows(below: "## What a status code does")
        #expect(rows.compactMap { Page.quoted(in: $0[0]).first } == Disposition.allCases.map(\.rawValue))

        for (column, profile) in [(2, Profile.standard), (3, Profile.sinch)] {
            var named: Set<Int> = []
            for row in rows {
                for code in row[column].split(separator: " ").compactMap({ Int($0) }) {
                    let disposition = profile.disposition(of: StatusCode(rawValue: code))
                    #expect("`\(disposition.rawValue)`" == row[0], "\(code) in \(profile.name)")
                    named.insert(code)
                }
            }
            for number in 1000..<5000 where !named.contains(number) {
                let code = StatusCode(rawValue: number)
                let byClass =
                    profile.name == "sinch" && code.classCode == .clientError
                    ? .permanent : profile.disposition(of: code.classCode)
                #expect(profile.disposition(of: code) == byClass, "\(number) in \(profile.name) is not named")
            }
        }
    }

    @Test("the other profiles have the table of the specification, but for the code that is named")
    func otherProfiles() {
        for profile in Profile.known where profile.name != "sinch" {
            for number in 1000..<5000 {
                let code = StatusCode(rawValue: number)
                let expected =
                    profile.name == "mbuni" && number == 3005 ? .permanent : Profile.standard.disposition(of: code)
                #expect(profile.disposition(of: code) == expected, "\(number) in \(profile.name)")
            }
        }
    }

    /// From one state to another, by any event.
    private static let steps: Set<String> = {
        let waiting: [MessageState] = [.queued, .submitting, .inDoubt, .submitted(messageID: "m")]
        let fates: [ReportedFate] = [
            .delivered, .expired, .rejected, .failed(.undelivered), .cancelled, .pending,
        ]
        let events: [MessageEvent] =
            [
                .claimed, .released, .accepted(messageID: "m"), .refused(.refusedByMMSC), .postponed, .answerLost,
                .leaseEnded, .gaveUp, .abandoned(.internalError), .cancelled, .restored, .withdrawn, .reportOverdue,
            ] + fates.map { .reported($0) }
        var steps: Set<String> = []
        for state in waiting + MessageState.allFinal {
            for event in events {
                for mayHaveArrived in [false, true] {
                    guard let next = state.applying(event, mayHaveArrived: mayHaveArrived) else { continue }
                    steps.insert("\(name(of: state)) \(name(of: next))")
                }
            }
        }
        return steps
    }()

    private static func name(of state: MessageState) -> String {
        switch state {
        case .queued: "queued"
        case .submitting: "submitting"
        case .inDoubt: "in_doubt"
        case .submitted: "submitted"
        case .delivered: "delivered"
        case .expired: "expired"
        case .rejected: "rejected"
        case .failed: "failed"
        case .unknown: "unknown"
        case .cancelled: "cancelled"
        case .aborted: "aborted"
        }
    }
}
