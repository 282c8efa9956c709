import Foundation

/// What no log may have: numbers, contents, tokens and passwords that a hostile run uses. `use` brings all of it to the
/// gateway in every place where it may stand.
enum Confidential {
    private static let number = "447700900123"
    private static let words = "confidential words"
    private static let stolen = "stolen-token-4711"
    private static let reference = "reference-of-a-query"

    /// In base64, as Basic has it.
    private static let login = Data("vasp-user:vasp-password".utf8).base64EncodedString()

    private static let secrets = [
        number, words, stolen, reference, login, "vasp-password", "token-of-plan", "12025550100", "secret-vaspid",
        "value of this key",
    ]

    /// The numbers of batches, as far as all of them begin.
    private static let numberBeginnings = ["155501", "155502"]

    /// - Returns: lines that have what they must not have, with what that is.
    static func leaks(in lines: [String]) -> [String] {
        lines.flatMap { line in
            let whole = secrets.filter { line.contains($0) }
            let digits = line.split { !$0.isASCII || !$0.isNumber }
            let numbers = digits.filter { run in
                run.count > 9 && numberBeginnings.contains { run.hasPrefix($0) }
            }
            return (whole + numbers.map(String.init)).map { "'\($0)' in: \(line.prefix(500))" }
        }
    }

    /// Sends requests of customers, MMSCs and strangers with all of it, in bodies, paths, queries and headers.
    static func use(on ground: Ground) {
        let body = """
            {"type":"mt_media","to":["\(number)"],"client_reference":"\(reference)",\
            "body":{"url":"\(ground.hostile.url)/picture.gif?key=\(stolen)","message":"\(words)"}}
            """
        ground.post(body)
        ground.post(body.replacing("mt_media", with: "mt_\(number)"))
        let batch = "01JB2K3N4P5Q6R7S8T9VWXYZ00"
        for path in [
            "batches?client_reference=\(reference)&from=\(number)", "batches/\(batch)/delivery_report/\(number)",
            "batches/\(batch)/delivery_report/%2B\(number)", "inbounds?to=\(number)", "groups/\(number)",
        ] {
            let connection = ground.connect(to: ground.ports.customers)
            connection?.send(ground.head("GET", path, "X-Request-Id: +\(number)", "X-Request-Id: tel:\(number)"))
            _ = connection?.answer()
        }
        for authorization in ["Bearer \(stolen)", "Basic \(login)"] {
            for (port, path) in [
                (ground.ports.customers, "/xms/v1/plan1/batches?token=\(stolen)"), (ground.ports.mm7, "/mm7/north"),
                (ground.ports.mm7, "/mm7/\(number)"), (ground.ports.customers, "/media/\(stolen)/\(number).jpg"),
                (ground.ports.operations, "/\(number)?token=\(stolen)"),
            ] {
                let connection = ground.connect(to: port)
                connection?.send(
                    "POST \(path) HTTP/1.1\r\nHost: a\r\nAuthorization: \(authorization)\r\nContent-Type: text/xml\r\n"
                        + "Content-Length: \(words.utf8.count)\r\n\r\n\(words)")
                _ = connection?.answer()
            }
        }
    }
}
