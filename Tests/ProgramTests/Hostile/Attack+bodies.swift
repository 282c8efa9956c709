import Foundation
import TestPeers

extension Attack {
    /// What is sent in bodies, by a customer with a token, by an MMSC, or by nobody known.
    static let bodies = [
        Attack("large bodies without a token", threads: 8) { ground, _ in
            let connection = ground.connect(to: ground.ports.customers)
            connection?.send(
                "POST /xms/v1/plan1/batches HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 4000000\r\n\r\n" + String(repeating: " ", count: 4_000_000))
            _ = connection?.answer()
        },
        Attack("large bodies of one customer that are never finished") { ground, end in
            await Threads.attack(64) { _ in
                while .now < end {
                    let connection = ground.connect(to: ground.ports.customers)
                    let head = ground.head(
                        "POST", "batches", "Content-Type: application/json", "Content-Length: 4000000")
                    connection?.send(head + String(repeating: " ", count: 3_900_000))
                    // Until the gateway has had enough of it.
                    _ = connection?.answer()
                }
            }
        },
        Attack("parameters for a hundred thousand keys", threads: 4) { ground, _ in
            ground.post(Bodies.parameters)
        },
        Attack("text of combining marks alone", threads: 4) { ground, _ in
            ground.post(Bodies.combiningMarks)
        },
        Attack("JSON that is nested without end", threads: 4) { ground, _ in
            ground.post(Bodies.nestedJSON)
        },
        Attack("JSON of numbers with a million digits", threads: 4) { ground, _ in
            ground.post(Bodies.longNumber)
        },
        Attack("entities that expand", threads: 4) { ground, _ in post(Bodies.entities, to: ground) },
        Attack("elements with twenty thousand attributes", threads: 4) { ground, _ in
            post(Bodies.attributes, to: ground)
        },
        Attack("elements that are nested without end", threads: 4) { ground, _ in post(Bodies.nestedXML, to: ground) },
        Attack("multiparts within multiparts", threads: 4) { ground, _ in
            post(Bodies.nestedParts, as: "multipart/related; boundary=b0", to: ground)
        },
        Attack("a hundred thousand empty parts", threads: 4) { ground, _ in
            post(Bodies.emptyParts, as: "multipart/related; boundary=b0", to: ground)
        },
        Attack("chunks of one octet with long extensions", threads: 8) { ground, end in
            guard let connection = ground.connect(to: ground.ports.mm7) else { return }
            connection.send(
                "POST /mm7/north HTTP/1.1\r\nHost: a\r\nContent-Type: text/xml\r\nTransfer-Encoding: chunked\r\n\r\n")
            let chunks = String(repeating: "1;\(String(repeating: "a", count: 1000))\r\na\r\n", count: 100)
            while .now < end, connection.send(chunks) {}
        },
        Attack("long lists of batches with large parameters") { ground, end in
            for _ in 0..<20 { ground.post(Bodies.largeBatch(ground)) }
            await Threads.attack(8) { _ in
                while .now < end {
                    let connection = ground.connect(to: ground.ports.customers)
                    connection?.send(ground.head("GET", "batches?page_size=100"))
                    _ = connection?.answer()
                }
            }
        },
    ]

    private static func post(_ body: String, as contentType: String = "text/xml", to ground: Ground) {
        let connection = ground.connect(to: ground.ports.mm7)
        connection?.send(
            "POST /mm7/north HTTP/1.1\r\nHost: a\r\nContent-Type: \(contentType)\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n" + body)
        _ = connection?.answer()
    }
}

private enum Bodies {
    static let parameters: String = {
        let keys = (0..<100_000).map { #""k\#($0)":{"default":"value of this key"}"# }.joined(separator: ",")
        return #"{"type":"mt_media","to":["15550201000"],"parameters":{\#(keys)},"body":{"url":"http://a/b.gif"}}"#
    }()

    static let combiningMarks: String = {
        let marks = String(repeating: "\u{301}", count: 1_900_000)
        return #"{"type":"mt_media","to":["15550201000"],"body":{"url":"http://a/b.gif","message":"\#(marks)"}}"#
    }()

    static let nestedJSON = String(repeating: "[", count: 3_000_000)
    static let longNumber = #"{"type":"mt_media","to":[\#(String(repeating: "9", count: 3_000_000))]}"#

    static func largeBatch(_ ground: Ground) -> String {
        let values = (0..<1000).map { #""1555020\#(1000 + $0)":"\#(String(repeating: "v", count: 1000))""# }
        let numbers = (0..<1000).map { "\"1555020\(1000 + $0)\"" }
        return #"{"type":"mt_media","to":[\#(numbers.joined(separator: ","))],"#
            + #""parameters":{"name":{\#(values.joined(separator: ","))}},"send_at":"2037-01-01T00:00:00Z","#
            + #""body":{"url":"\#(ground.hostile.url)/picture.gif","message":"${name}"}}"#
    }

    static let entities: String = {
        let more = (1...20).map { #"<!ENTITY e\#($0) "&e\#($0 - 1);&e\#($0 - 1);&e\#($0 - 1);">"# }.joined()
        return #"<?xml version="1.0"?><!DOCTYPE a [<!ENTITY e0 "aaaaaaaaaa">\#(more)]><a>&e20;</a>"#
    }()

    static let attributes = "<a " + (0..<20_000).map { "a\($0)=\"\" " }.joined() + "/>"
    static let nestedXML = String(repeating: "<a>", count: 100_000)

    static let nestedParts = (0..<5_000).map {
        "--b\($0)\r\nContent-Type: multipart/mixed; boundary=b\($0 + 1)\r\n\r\n"
    }.joined()

    static let emptyParts = String(repeating: "--b0\r\n\r\n\r\n", count: 100_000) + "--b0--\r\n"
}
