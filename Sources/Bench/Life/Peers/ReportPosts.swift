import Glibc

/// Posts a DeliveryReportReq for each message some time after it was taken, over a few kept-alive connections.
final class ReportPosts {
    private let port: Int
    private let template: PostTemplate
    private let connectionLimit: Int
    private var due: DueQueue<Int>
    private var idle: [ReportConnection] = []
    private var opened = 0
    private(set) var answered = 0
    private(set) var lastAnswer = MonotonicTime.now

    init(port: Int, template: PostTemplate, connections: Int, delay: Duration) {
        self.port = port
        self.template = template
        connectionLimit = connections
        due = DueQueue(after: delay)
    }

    /// When there is something to do again; nil while every connection waits for an answer.
    var next: MonotonicTime? { idle.isEmpty && opened == connectionLimit ? nil : due.next }

    /// - Parameter number: that of the message's recipient, without its leading 1.
    func add(_ number: Int) { due.add(number) }

    func post(now: MonotonicTime, in loop: SocketLoop) throws {
        while !idle.isEmpty || opened < connectionLimit, let number = due.take(at: now) {
            if let connection = idle.popLast() {
                try connection.begin(number)
            } else {
                let connection = ReportConnection(try PostConnection(port: port, template), self)
                opened += 1
                try connection.begin(number)
                loop.add(connection)
            }
        }
    }

    /// - Returns: that the connection does not stay.
    fileprivate func forget(_ connection: ReportConnection) -> Bool {
        idle.removeAll { $0 === connection }
        opened -= 1
        return false
    }

    fileprivate func end(over connection: ReportConnection) throws {
        answered += 1
        lastAnswer = .now
        if let number = due.take(at: lastAnswer) { try connection.begin(number) } else { idle.append(connection) }
    }
}

/// A connection to the gateway and the report that is on its way over it.
private final class ReportConnection: SocketOwner {
    private let connection: PostConnection
    private unowned let posts: ReportPosts

    init(_ connection: PostConnection, _ posts: ReportPosts) {
        self.connection = connection
        self.posts = posts
    }

    var socket: Int32 { connection.socket }
    var isWriting: Bool { connection.isWriting }

    func begin(_ number: Int) throws { try connection.begin(number) }

    func goOn(in loop: SocketLoop) throws -> Bool {
        // Between two reports only the end of the connection can come: the gateway stops.
        guard connection.isBusy else { return posts.forget(self) }
        if try connection.goOn() != nil { try posts.end(over: self) }
        return true
    }
}
