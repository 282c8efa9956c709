import MM7

let writer = MessageWriter(profile: .standard)
let reader = MessageReader()
let submitReq = Messages.submitReq
let smallContent = try EncodedContent(Messages.picture(30_000), profile: .standard)
let largeContent = try EncodedContent(Messages.picture(300_000), profile: .standard)
let largePicture = Messages.picture(300_000)
let base64 = Messages.profile(.base64)
let report = Messages.deliveryReportReq
let binaryMessage = try Messages.deliverReq(300_000, .binary)
let base64Message = try Messages.deliverReq(300_000, .base64)
let binaryBody = binaryMessage.bytes
let base64Body = base64Message.bytes

let benchmarks = [
    Benchmark(name: "write SubmitReq envelope, 30 kB content", aim: 6) {
        consume(try writer.write(submitReq, transactionID: "t-1", content: smallContent))
    },
    Benchmark(name: "write SubmitReq envelope, 300 kB content", aim: 6) {
        consume(try writer.write(submitReq, transactionID: "t-1", content: largeContent))
    },
    Benchmark(name: "read DeliveryReportReq, 2 kB", aim: 25) {
        consume(try reader.read(report, contentType: "text/xml; charset=utf-8"))
    },
    Benchmark(name: "read DeliverReq, 300 kB binary", aim: 60) {
        consume(try reader.read(binaryBody, contentType: binaryMessage.contentType))
    },
    Benchmark(name: "read DeliverReq, 300 kB base64", aim: 300) {
        consume(try reader.read(base64Body, contentType: base64Message.contentType))
    },
    Benchmark(name: "encode content, 300 kB base64", aim: 250) {
        consume(try EncodedContent(largePicture, profile: base64))
    },
]

/// A word that the names of those to be run have in them.
let wanted = CommandLine.arguments.dropFirst().first ?? ""

Benchmark.printHead()
for benchmark in benchmarks where wanted.isEmpty || benchmark.name.contains(wanted) { try benchmark.run() }
