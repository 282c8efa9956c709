/// A batch whose parameters are the JSON text that the store keeps: an answer repeats them as they are, and to make values
/// of megabytes for that would hold up others.
package struct StoredBatch: Sendable, Equatable, Identifiable {
    /// The batch without its parameters.
    package let batch: Batch
    package let parameters: Parameters

    package enum Parameters: Sendable, Equatable {
        case none
        /// An object of objects of strings, keys sorted.
        case text(String)
        /// Too long for a list.
        case leftOut
    }

    package init(_ batch: Batch, parameters: Parameters) {
        self.batch = batch
        self.parameters = parameters
    }

    package var id: Batch.ID { batch.id }
}
