import Foundation
import Glibc
import TestPeers

/// The built program in a terminal, whose questions a test answers.
final class Dialogue {
    let terminal: PseudoTerminal
    private let process: Spawned
    private var chunks: AsyncStream<String>.Iterator
    private let exit: AsyncStream<Int32>
    /// All that was on the screen.
    private(set) var screen = ""
    /// What was read after the last answer.
    private var unanswered = ""

    init(_ arguments: [String]) throws {
        let terminal = try PseudoTerminal()
        let (exit, ended) = AsyncStream<Int32>.makeStream()
        process = try Spawned(
            Program.path, arguments, environment: ProcessInfo.processInfo.environment, terminal: terminal
        ) { code in
            ended.yield(code)
        }
        let (chunks, chunk) = AsyncStream<String>.makeStream()
        Thread.detachNewThread { [master = terminal.master] in
            var octets = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(master, &octets, octets.count)
                guard count > 0 else { break }
                chunk.yield(String(decoding: octets[..<count], as: UTF8.self))
            }
            chunk.finish()
            close(master)
        }
        self.terminal = terminal
        self.exit = exit
        self.chunks = chunks.makeAsyncIterator()
    }

    /// A test that failed leaves nothing running; without the last who has it open, the terminal ends its reader.
    deinit {
        process.send(SIGKILL)
        close(terminal.slave)
    }

    /// Waits for a question, and types the answer.
    func answer(_ question: String, with text: String) async throws {
        while !unanswered.contains(question) {
            guard let chunk = await chunks.next() else {
                throw Unexpected("there was no question '\(question)': \(screen)")
            }
            screen += chunk
            unanswered += chunk
        }
        unanswered = ""
        terminal.type(text)
    }

    /// How it ended; a signal counts as 128 and its number.
    func exitCode() async throws -> Int32 {
        for await code in exit { return code }
        throw CancellationError()
    }
}
