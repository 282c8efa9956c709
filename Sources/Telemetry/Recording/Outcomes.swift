/// The values of a label: a few fixed names, and never a number, an id or a text from outside, because each value is a
/// series for ever.
package protocol LabelValue: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// How one attempt to submit a message ended.
package enum SubmissionOutcome: String, LabelValue {
    case accepted
    /// Accepted for some of the recipients only.
    case partial
    /// Refused for good.
    case refused
    /// Not accepted now; it is tried again.
    case transient
    /// The answer can be read either way.
    case doubtful
    /// The MMSC wants our configuration repaired.
    case misconfigured
    case answerLost = "answer_lost"
    /// The message may have arrived, and is not sent again.
    case gaveUp = "gave_up"
    /// The tries are used up without an acceptance.
    case triesUsedUp = "tries_used_up"
    case expired
    /// No request could be made of the message.
    case notMade = "not_made"
}

/// How one CancelReq ended.
package enum CancelOutcome: String, LabelValue {
    /// The MMSC took the message back.
    case cancelled
    /// The MMSC cannot take it back any more.
    case tooLate = "too_late"
    /// Refused for good, for any other reason.
    case refused
    /// Not answered, or not taken back now; it is tried again.
    case again
    /// The tries are used up.
    case gaveUp = "gave_up"
}

/// Whether messages go to an MMSC.
package enum MMSCState: String, LabelValue {
    case well
    /// One message at a time tries whether it is well again.
    case halfOpen = "half_open"
    /// The MMSC failed too often; nothing is sent for a while.
    case open
    /// Nothing is sent until the account or the configuration is repaired.
    case stopped
    /// The configuration says that it takes nothing new.
    case draining
}

/// What has to work for the gateway to be ready.
package enum ReadinessCheck: String, LabelValue {
    /// The store can commit and has room.
    case store
    /// Media can be kept.
    case media
    case notDraining = "not_draining"
}

/// Why a connection did not come to its first request.
package enum HandshakeOutcome: String, LabelValue {
    /// What came is no TLS.
    case plaintext
    case late
    /// The peer went away.
    case closed
    /// The peer speaks older versions or other ciphers.
    case version
    /// The peer showed no certificate where one is required.
    case noCertificate = "no_certificate"
    /// The peer's certificate is of an unknown authority, or does not count any more.
    case badCertificate = "bad_certificate"
    /// The peer does not accept ours.
    case refused
    case other
}

/// What became of a report of an MMSC.
package enum ReportOutcome: String, LabelValue {
    case applied
    case nothingNew = "nothing_new"
    /// It came before the answer to its SubmitReq.
    case held
    case unknownMessage = "unknown_message"
    /// The store could not commit it.
    case refused
}

/// Why a post of an MMSC was not taken, apart from what it said.
package enum PostRefusal: String, LabelValue {
    case wrongMethod = "wrong_method"
    case unknownMMSC = "unknown_mmsc"
    case address, credentials
    case tooLarge = "too_large"
    /// Other posts have all the memory for bodies.
    case noRoom = "no_room"
    /// Too many posts still wait for the disk after their answer.
    case backlog
    /// The body ended before it was whole: the peer went away, or the deadline of requests came.
    case cutOff = "cut_off"
    case unreadable
    /// An operation that is not posted here.
    case unsupported
    /// The post was not on the disk in time; what becomes of it later is counted as well.
    case late
}

/// The listeners, by their sections in the configuration.
package enum ListeningSide: String, LabelValue {
    /// Customers.
    case server
    /// Customers' batches.
    case batches
    /// MMSCs.
    case mm7
    case operations
}

/// The form in which a request had wrong credentials.
package enum CredentialKind: String, LabelValue {
    case basic, bearer, digest
    /// An access key in the form by which a token is asked for.
    case clientSecret = "client_secret"
    case other
}

/// What became of a message from a handset.
package enum DeliveryOutcome: String, LabelValue {
    case taken
    /// Taken, under an identifier that another message had before.
    case takenAnew = "taken_anew"
    /// It came before.
    case repeated
    /// Kept, as the number is unowned.
    case quarantined
    case unknownRecipient = "unknown_recipient"
    /// The message had no sender, or neither disk nor store could keep it.
    case refused
}

/// How a try to notify a customer ended.
package enum WebhookOutcome: String, LabelValue {
    case heard
    /// Not heard, and tried again later.
    case again
    /// Refused, or all tries failed.
    case dropped
}

/// How a download ended.
package enum FetchOutcome: String, LabelValue {
    case fetched
    /// Another try may help.
    case failed
    /// No try will help: the address, the type, the size.
    case refused
}

/// How the upload of a file into a customer's bucket ended.
package enum UploadOutcome: String, LabelValue {
    case uploaded
    /// The storage does not answer or does not take it, or the file cannot be read: code 1.
    case failed
    /// The bucket is not there or takes nothing: code 2.
    case bucket
    /// The access key is wrong: code 3.
    case key
    /// The storage was away or busy, or the file could not be read; it is tried again after a pause.
    case again
    /// The customer has no bucket any more; the gateway keeps it.
    case kept
}

/// What is removed when it ended long ago.
package enum RemovedKind: String, LabelValue {
    case batches, messages, events, attempts, answers
}

/// How the run of a collector ended.
enum CollectionOutcome: String, LabelValue {
    case made, late, failed
}

/// What became of a span that was to go to the collector.
package enum SpanOutcome: String, LabelValue {
    case exported
    /// The collector did not take it.
    case failed
    /// It found no room.
    case dropped
}
