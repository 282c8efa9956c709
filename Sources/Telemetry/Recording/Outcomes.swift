/// What labels may say. They are names of a few things, and never a number, an id or a text from outside: each value is
/// a series for ever.
package protocol LabelValue: RawRepresentable<String>, CaseIterable, Hashable, Sendable {}

/// What came of one attempt to submit a message.
package enum SubmissionOutcome: String, LabelValue {
    case accepted
    /// For some of the recipients only.
    case partial
    /// For good.
    case refused
    /// Not accepted now; tried again.
    case transient
    /// The answer can be read either way.
    case doubtful
    /// The MMSC wants our configuration repaired.
    case misconfigured
    case answerLost = "answer_lost"
    /// It may have arrived, and is not sent again.
    case gaveUp = "gave_up"
    /// Not accepted as often as it may be tried.
    case triesUsedUp = "tries_used_up"
    case expired
    /// No request could be made of it.
    case notMade = "not_made"
}

/// What came of one CancelReq.
package enum CancelOutcome: String, LabelValue {
    /// The MMSC took the message back.
    case cancelled
    /// It cannot any more.
    case tooLate = "too_late"
    /// For any other reason, for good.
    case refused
    /// Not answered, or not now; tried again.
    case again
    /// The tries are used up.
    case gaveUp = "gave_up"
}

/// Whether messages go to an MMSC.
package enum MMSCState: String, LabelValue {
    case well
    /// One message at a time tries whether it is well again.
    case halfOpen = "half_open"
    /// It failed too often; nothing is sent for a while.
    case open
    /// Nothing is sent until the account or the configuration is repaired.
    case stopped
    /// By the configuration it takes nothing new.
    case draining
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
    /// Other posts had the memory for bodies.
    case noRoom = "no_room"
    /// Too many posts still wait for the disk after their answer.
    case backlog
    /// The body ended before it was whole: the peer went away, or the deadline of requests came.
    case cutOff = "cut_off"
    case unreadable
    /// An operation that is not posted here.
    case unsupported
    /// It was not on the disk in time; what came of it later is counted as well.
    case late
}

/// What became of a message from a handset.
package enum DeliveryOutcome: String, LabelValue {
    case taken
    /// Under an identifier that another message had before.
    case takenAnew = "taken_anew"
    /// It came before.
    case repeated
    /// To a number that no customer has, and kept.
    case quarantined
    case unknownRecipient = "unknown_recipient"
    /// It had no sender, or a disk or store could not keep it.
    case refused
}

/// How a message ended.
package enum FinalState: String, LabelValue {
    case delivered, expired, rejected, failed, unknown, cancelled, aborted
}

/// What came of a try to notify a customer.
package enum WebhookOutcome: String, LabelValue {
    case heard
    /// Not heard, and tried again later.
    case again
    /// Refused, or the schedule is over.
    case dropped
}

/// What came of a download.
package enum FetchOutcome: String, LabelValue {
    case fetched
    /// Another try may help.
    case failed
    /// No try will help: the address, the type, the size.
    case refused
}

/// What came of a file's way into a customer's bucket.
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

/// Messages that are not final.
package enum QueueState: String, LabelValue {
    case queued, submitting
    case inDoubt = "in_doubt"
    case submitted
}

/// What came of a collector.
enum CollectionOutcome: String, LabelValue {
    case made, late, failed
}
