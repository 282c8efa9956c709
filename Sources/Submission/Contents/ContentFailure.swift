/// Why there is no content to make a request of.
enum ContentFailure: Error {
    /// A message is due whose batch or media the store does not have.
    case missing
    /// Contents in flight have had all the memory that the customer may have, or that there is, for too long.
    case noRoom
}
