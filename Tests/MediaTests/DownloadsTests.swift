import Foundation
import GatewayCore
import Testing

@testable import Media

@Suite("Downloads that are going on")
struct DownloadsTests {
    private let now = Date(milliseconds: 1_790_000_000_000)

    private func task(_ number: UInt64, of plan: String = "plan1", at server: String = "https://a.example") -> MediaTask
    {
        MediaTask(
            batch: ULID(high: number, low: 0),
            queue: MediaSource(owner: .servicePlan(plan), server: WebServer(of: server)), url: server, tries: 0,
            expireAt: now + 60)
    }

    @Test("a download holds its permit until it ends, and its batch is left out meanwhile")
    func permits() throws {
        let downloads = Downloads(capacity: 2)

        downloads.begin(MediaTasks([task(1), task(2, of: "plan2")]))

        #expect(downloads.request(now: now) == nil)
        downloads.end(task(1), after: .answered)
        let request = try #require(downloads.request(now: now))
        #expect(request.limit == 1)
        #expect(Array(request.ongoing.keys) == [task(2).batch])
    }

    @Test("a server that timed out has one permit, and hangs for its own customer alone")
    func hanging() throws {
        let downloads = Downloads(capacity: 100)
        downloads.begin(MediaTasks([task(1)]))

        downloads.end(task(1), after: .timedOut)

        let share = try #require(downloads.request(now: now)).share
        #expect(share.freePermits(of: .servicePlan("plan1"), at: task(1).queue) == 1)
        #expect(share.freePermits(of: .servicePlan("plan1"), at: task(1, at: "https://b.example").queue) == 50)
        #expect(share.freePermits(of: .servicePlan("plan2"), at: task(1, of: "plan2").queue) == 50)
    }
}
