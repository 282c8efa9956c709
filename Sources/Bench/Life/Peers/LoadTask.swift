import FoundationEssentials
import Glibc
import MM7

/// Posts of a number of clients at once, each after the answer to its last one.
package struct LoadTask: Codable {
    /// Those that the clients post to, in turn.
    var ports: [Int]
    var connections: Int
    /// The numbers of the posts, and the seconds after which no other is begun.
    var numbers: Range<Int>
    var seconds: Double?
    var kind: Kind

    enum Kind: Codable {
        case batches(BatchBody)
        /// SubmitReqs of that many octets of picture, for an MMSC.
        case submits(pictureBytes: Int)
        /// GETs of pictures.
        case fetches
    }

    /// What became of the posts.
    struct Result: Codable {
        var count: Int
        /// When the first was begun, and the seconds from then to the last answer.
        var begun: MonotonicTime
        var seconds: Double
        var p50, p99, p999: Double
        /// The clients' own time on the processors, in seconds.
        var processorTime: Double

        var perSecond: Double { Double(count) / max(seconds, 0.000_001) }
    }

    /// The result as JSON, in one line.
    func run() throws -> String {
        let load = PostLoad(ports: ports, template: try template)
        let begun = MonotonicTime.now
        let latencies = try load.run(numbers, connections: connections, within: seconds.map { .seconds($0) })
        let result = Result(
            count: latencies.count, begun: begun, seconds: latencies.total / .seconds(1),
            p50: latencies.percentile(0.5) / .seconds(1), p99: latencies.percentile(0.99) / .seconds(1),
            p999: latencies.percentile(0.999) / .seconds(1),
            processorTime: rusage.ofThisProcess.processorTime / .seconds(1))
        return String(decoding: try JSONEncoder().encode(result), as: UTF8.self)
    }

    private var template: PostTemplate {
        get throws {
            switch kind {
            case .batches(let body): body.template
            case .submits(let pictureBytes): try .submit(pictureBytes: pictureBytes)
            case .fetches:
                PostTemplate("GET", path: "/\(PostTemplate.placeholder).jpg", [], [], success: "HTTP/1.1 200 ")
            }
        }
    }
}

/// The body of a POST of a batch, as an SDK writes it.
struct BatchBody: Codable {
    var recipients: Int
    var report: String
    var hasOwnPicture: Bool
    var mediaPort: Int
    var callbackPort: Int

    static let recipientLimit = 1000

    /// The recipients are 1, the number of the post in seven digits, and that of the recipient in three.
    var template: PostTemplate {
        let number = PostTemplate.placeholder
        let to = (0..<recipients).map { "\"1\(number)\(String(1000 + $0).dropFirst())\"" }.joined(separator: ",")
        let picture = hasOwnPicture ? number : "0"
        let callback = report == "none" ? "" : #","callback_url":"http://127.0.0.1:\#(callbackPort)/mms""#
        let body = """
            {"to":[\(to)],"from":"12025550100","type":"mt_media","body":{"message":"Your order has left our house",\
            "url":"http://127.0.0.1:\(mediaPort)/\(picture).jpg"},"delivery_report":"\(report)",\
            "client_reference":"order \(number)"\(callback)}
            """
        return PostTemplate(
            path: "/xms/v1/\(LifeGateway.plan)/batches",
            [
                "Authorization: Bearer \(LifeGateway.token)", "Content-Type: application/json",
                "Accept: application/json",
            ],
            Array(body.utf8), success: "HTTP/1.1 201 ")
    }
}

extension PostTemplate {
    /// A SubmitReq with a picture, as the gateway writes one.
    static func submit(pictureBytes: Int) throws -> PostTemplate {
        PostTemplate(path: "/mm7", try submitMessage(pictureBytes: pictureBytes))
    }

    static func submitMessage(pictureBytes: Int) throws -> EncodedMessage {
        let content = try EncodedContent(
            [
                OutgoingPart(
                    contentType: "text/plain; charset=utf-8", bytes: Array("Your order has left our house".utf8)[...]),
                OutgoingPart(
                    contentType: "image/jpeg", name: "0.jpg", bytes: SamplePicture.jpeg(byteCount: pictureBytes)[...]),
            ], profile: .standard)
        var request = SubmitReq(
            sender: SenderIdentification(vaspID: "bench-vasp", address: .shortCode("12025550100")),
            recipients: Recipients(to: [.msisdn("1\(placeholder)000")]))
        request.deliveryReport = true
        return try MessageWriter(profile: .standard).write(
            request, transactionID: "submit-" + placeholder, content: content)
    }
}
