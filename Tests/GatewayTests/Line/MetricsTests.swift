import Gateway
import TestPeers
import Testing

@Suite("The metrics of a whole gateway", .timeLimit(.minutes(5)))
struct MetricsTests {
    @Test("a message leaves its mark at each part that it passes, and no mark of whose it was")
    func wholeWay() async throws {
        try await Line.run { line in
            let batch = try await line.send(reporting: "summary")
            try await line.customer.wait { $0.calls.count == 1 }

            // The last to be counted are the answers to the report and of the customer.
            var text = ""
            repeat {
                try Task.checkCancellation()
                text = try await line.metrics()
            } while !text.contains(#"mm7_webhook_calls_total{outcome="heard"} 1"#)
                || !text.contains(#"mm7_report_seconds_count{mmsc="north"} 1"#)

            let lines = text.split(separator: "\n")
            for line in [
                "mm7_accepted_batches_total 1", "mm7_accepted_messages_total 1", "mm7_accept_seconds_count 1",
                #"mm7_api_requests_total{status="201"} 1"#, #"mm7_media_fetches_total{outcome="fetched"} 1"#,
                "mm7_webhook_seconds_count 1",
                #"mm7_build_info{version="\#(Gateway.version)"} 1"#,
            ] {
                #expect(lines.contains { $0 == line }, "\(line) is missing")
            }
            // A report that overtakes the answer to its SubmitReq is held first.
            let isReported = ["applied", "held"].contains { result in
                lines.contains { $0 == #"mm7_reports_total{mmsc="north",result="\#(result)"} 1"# }
            }
            #expect(isReported)
            for secret in ["15550100001", "12025550100", "plan1", Line.token, batch, "picture.jpg"] {
                #expect(!text.contains(secret))
            }
        }
    }

    @Test("an MMSC is shown from the first scrape on")
    func beforeTheFirst() async throws {
        try await Line.run { line in
            let text = try await line.metrics()

            #expect(text.contains(#"mm7_submissions_total{mmsc="north",outcome="accepted"} 0"#))
            #expect(text.contains(#"mm7_lane_running{mmsc="north"} 1"#))
        }
    }

    @Test("what has to work and the room that is left are shown from the first scrape on")
    func room() async throws {
        try await Line.run { line in
            let lines = try await line.metrics().split(separator: "\n")

            func value(_ series: String) throws -> Double {
                let line = try #require(lines.first { $0.hasPrefix(series + " ") }, "\(series) is missing")
                return try #require(Double(line.dropFirst(series.count + 1)))
            }
            for check in ["store", "media", "not_draining"] {
                #expect(try value(#"mm7_ready{check="\#(check)"}"#) == 1)
            }
            #expect(try value("mm7_data_free_bytes") <= value("mm7_data_size_bytes"))
            #expect(try value("mm7_data_size_bytes") > 1_000_000)
            #expect(try value("mm7_store_used_bytes") > 4096)
            #expect(try value("mm7_store_limit_bytes") == 0)
        }
    }
}
