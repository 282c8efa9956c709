/// Every metric of the gateway. The table in `docs/metrics.md` is held to it by a test.
package enum Metric: String, CaseIterable, Sendable {
    case acceptedBatches = "mm7_accepted_batches_total"
    case acceptedMessages = "mm7_accepted_messages_total"
    case acceptSeconds = "mm7_accept_seconds"
    case apiRequests = "mm7_api_requests_total"
    case mediaFetches = "mm7_media_fetches_total"

    case submissions = "mm7_submissions_total"
    case submitSeconds = "mm7_submit_seconds"
    case submissionTries = "mm7_submission_tries"
    case resentInDoubt = "mm7_resent_in_doubt_total"
    case otherTransactions = "mm7_answers_under_other_ids_total"
    case cancellations = "mm7_cancellations_total"
    case inFlight = "mm7_in_flight"
    case mmscState = "mm7_mmsc_state"
    case laneRunning = "mm7_lane_running"
    case laneOwner = "mm7_lane_owner"
    case replicas = "mm7_replicas"
    case leaseSeconds = "mm7_lease_seconds"
    case queueMessages = "mm7_queue_messages"
    case queueOldestSeconds = "mm7_queue_oldest_seconds"

    case reports = "mm7_reports_total"
    case reportSeconds = "mm7_report_seconds"
    case inbounds = "mm7_inbounds_total"
    case deliverSeconds = "mm7_deliver_seconds"
    case postsRefused = "mm7_posts_refused_total"
    case uploads = "mm7_uploads_total"
    case finalStates = "mm7_final_states_total"
    case webhookCalls = "mm7_webhook_calls_total"
    case webhookSeconds = "mm7_webhook_seconds"

    case ready = "mm7_ready"
    case dataFreeBytes = "mm7_data_free_bytes"
    case dataSizeBytes = "mm7_data_size_bytes"
    case storeUsedBytes = "mm7_store_used_bytes"
    case storeLimitBytes = "mm7_store_limit_bytes"
    case handshakesFailed = "mm7_tls_handshakes_failed_total"
    case certificateExpiry = "mm7_certificate_expiry_timestamp_seconds"

    case wrongCredentials = "mm7_wrong_credentials_total"
    case removed = "mm7_removed_total"
    case oldestBatch = "mm7_oldest_batch_seconds"
    case storeFreeBytes = "mm7_store_free_bytes"
    case spans = "mm7_spans_total"
    case collections = "mm7_collections_total"
    case buildInfo = "mm7_build_info"
    case residentMemory = "process_resident_memory_bytes"
    case processorSeconds = "process_cpu_seconds_total"
    case startTime = "process_start_time_seconds"
    case openFiles = "process_open_fds"

    /// The descriptions that a backend needs of all metrics.
    package static var descriptions: [Prometheus.Description] {
        allCases.map { .init(name: $0.rawValue, help: $0.help, buckets: $0.buckets) }
    }

    private var buckets: [Double] {
        switch self {
        case .submissionTries: [1, 2, 3, 5, 8, 13, 21, 50, 100, 500]
        default: PrometheusHistogram.seconds
        }
    }

    private var help: String {
        switch self {
        case .acceptedBatches: "Batches taken: answered 201 after their commit."
        case .acceptedMessages: "Messages of the batches taken; members of groups become messages later."
        case .acceptSeconds: "From the head of a POST of a batch to its commit."
        case .apiRequests: "Requests of the SMS REST API by the HTTP status of their answer."
        case .mediaFetches: "Downloads of customers' media by what came of them."
        case .submissions: "Attempts to submit a message by what came of them."
        case .submitSeconds: "From a SubmitReq to its answer."
        case .submissionTries: "Attempts a message took until it was accepted or given up."
        case .resentInDoubt: "Attempts under the TransactionID of one whose answer was lost."
        case .otherTransactions: "Answers under another TransactionID than that of their request."
        case .cancellations: "CancelReqs by what came of them."
        case .inFlight: "SubmitReqs that wait for their answer."
        case .mmscState: "1 for the state that the MMSC is in, 0 for the others."
        case .laneRunning: "1 while a lane runs that sends the messages of the MMSC, 0 for a fault of the gateway."
        case .laneOwner: "1 where this gateway sends to the MMSC, 0 where another that shares the store does."
        case .replicas: "Gateways that share the store and go on, this one included."
        case .leaseSeconds: "How long this gateway may send without hearing from the store."
        case .queueMessages: "Messages that are not final, by state."
        case .queueOldestSeconds: "How long the oldest message has waited that is due."
        case .reports: "Reports of an MMSC by what became of them."
        case .reportSeconds: "From the head of a report to its answer."
        case .inbounds: "Messages from handsets by what became of them."
        case .deliverSeconds: "From the head of a DeliverReq to its answer."
        case .postsRefused: "Posts that were not taken, whatever they said, by the reason."
        case .uploads: "Uploads of files of inbound messages into customers' buckets, by what came of them."
        case .finalStates: "Messages that ended, by state."
        case .webhookCalls: "Tries to notify a customer of an event by what came of them."
        case .webhookSeconds: "From the call of a webhook to its answer, or to the lack of one."
        case .ready: "1 where the check of readiness passes, 0 where it does not."
        case .dataFreeBytes: "Free room of the file system that has the data directory."
        case .dataSizeBytes: "Size of the file system that has the data directory."
        case .storeUsedBytes: "What the database holds, without free pages."
        case .storeLimitBytes: "The setting store.size_limit; 0 where the disk alone bounds the database."
        case .handshakesFailed: "Connections to a listener with TLS that did not come to their first request."
        case .certificateExpiry: "When the certificate expires, in seconds since 1970."
        case .wrongCredentials: "Requests answered 401 for the credentials they had."
        case .removed: "What was removed because it ended long ago, by kind."
        case .oldestBatch: "How long ago the oldest batch was made that is kept; 0 for none."
        case .storeFreeBytes: "Free pages of the database, which are used again."
        case .spans: "Spans that were to go to the collector, by what became of them."
        case .collections: "Readings made for a scrape: in time, late, failed."
        case .buildInfo: "1, with the version of the gateway."
        case .residentMemory: "Memory of the process that is in RAM."
        case .processorSeconds: "Processor time of the process, user and system."
        case .startTime: "When the process began, in seconds since 1970."
        case .openFiles: "File descriptors that are open."
        }
    }
}
