/// Lines that wait to be written, in their order and within their room, and what became of those that were lost.
struct LogQueue {
    /// What is written next: a line, what is left of one, or the line about those that were lost.
    struct Piece: Equatable {
        var bytes: [UInt8]
        /// Whether its beginning has been written.
        var isRest = false
        /// How many lines it says were lost.
        var loss = 0
    }

    let roomBytes: Int
    /// Whether somebody writes: whoever adds a line need not.
    var isBeingWritten = false
    private var waiting: [Piece] = []
    /// Those before it were written.
    private var first = 0
    private var waitingBytes = 0
    private var lost = 0
    /// Whether the last write came to nothing: then the loss is not worth a line yet.
    private var isFailing = false
    /// Whether a line without an end has been written.
    private var isCut = false

    init(roomBytes: Int) { self.roomBytes = roomBytes }

    var isEmpty: Bool { first == waiting.count && (lost == 0 || isFailing) && !isBeingWritten }

    mutating func add(_ line: [UInt8]) {
        guard waitingBytes + line.count <= roomBytes || first == waiting.count else {
            lost += 1
            return
        }
        waiting.append(Piece(bytes: line))
        waitingBytes += line.count
    }

    /// Whether the caller is the one that writes from now on.
    mutating func begin() -> Bool {
        defer { isBeingWritten = true }
        return !isBeingWritten
    }

    /// What to write next; nil where nothing waits, and then nobody writes any more.
    mutating func next(orLoss lineAboutLoss: (Int) -> [UInt8]) -> Piece? {
        var piece: Piece
        if first < waiting.count {
            piece = waiting[first]
            waiting[first].bytes = []
            first += 1
            waitingBytes -= piece.bytes.count
            // Moving the others is worth it from time to time.
            if first == waiting.count || first >= 1024 {
                waiting.removeFirst(first)
                first = 0
            }
        } else if lost > 0, !isFailing {
            piece = Piece(bytes: lineAboutLoss(lost), loss: lost)
            lost = 0
        } else {
            isBeingWritten = false
            return nil
        }
        if isCut, !piece.isRest { piece.bytes.insert(UInt8(ascii: "\n"), at: 0) }
        isCut = false
        return piece
    }

    /// - Parameter taken: how many of its bytes were written; nil where none of them ever will be.
    mutating func conclude(_ piece: Piece, taken: Int?) {
        isFailing = taken == nil
        guard let taken else {
            lost += max(piece.loss, 1)
            isCut = piece.isRest
            return
        }
        guard taken < piece.bytes.count else { return }
        let rest = Piece(
            bytes: Array(piece.bytes[taken...]), isRest: piece.isRest || taken > 0, loss: taken > 0 ? 0 : piece.loss)
        waiting.insert(rest, at: first)
        waitingBytes += rest.bytes.count
    }
}
