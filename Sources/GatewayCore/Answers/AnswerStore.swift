package import FoundationEssentials

/// The answers to requests with an Idempotency-Key.
package protocol AnswerStore: Sendable {
    /// The answer that a key got, if it is not older than its life.
    func keptAnswer(to key: String, of owner: Owner, now: Date) async throws(StoreFailure) -> KeptAnswer?
    /// Keeps an answer, unless the key has one.
    func keep(_ answer: KeptAnswer) async throws(StoreFailure)
}
