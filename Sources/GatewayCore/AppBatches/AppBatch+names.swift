extension AppBatch {
    /// What the message of a recipient is called, after the batch that it is in by itself: the same whenever the recipient
    /// becomes a message. A batch that was restored from a backup makes some of its messages again, and by its name an
    /// MMSC knows a message that it has.
    ///
    /// Recipients that follow each other have names that do.
    ///
    /// - Parameter place: of the recipient, in the request.
    package func names(ofRecipient place: Int) -> [ULID] {
        let hash = ULID(hashing: "\(id)")
        let milliseconds = UInt64(max(0, sendAfter.milliseconds))
        // As with all others, the top bit of the part without a time stays clear: room to count up.
        let first = ULID(high: milliseconds << 16 | hash.high & 0x7FFF, low: hash.low)
        return [first.advanced(by: UInt64(2 * place)), first.advanced(by: UInt64(2 * place + 1))]
    }
}
