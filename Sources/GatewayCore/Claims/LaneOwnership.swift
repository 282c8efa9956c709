/// Which ways to MMSCs are this process's, where several share a store: each has one owner at a time, so that an MMSC's
/// limits hold over all of them.
///
/// An owner proves to the store every few seconds that it goes on. Where it cannot, it counts as gone after a while, and
/// another goes on in its place. It therefore stops by its own clock, and before that time.
package protocol LaneOwnership: Sendable {
    /// Whether this process has the lane.
    func has(lane mmsc: String) -> Bool
    /// The number of the present term. It ends when the process has lost its lanes, whether or not it gets them back: what
    /// was claimed in an earlier one is in doubt.
    var term: Int { get }
    /// Whether it is this process that removes what is no longer kept.
    var keepsHouse: Bool { get }
    /// Sets what ends the requests that are on their way, for when the process has lost its lanes.
    func onLapse(_ end: @escaping @Sendable () -> Void)
    /// Gives the lanes to whoever asks next. Nothing may be on its way any more.
    func resign() async
    /// Says which MMSCs take nothing at present, for those who carry for them.
    func tell(down mmscs: Set<String>)
    /// MMSCs of other owners which say that they take nothing at present.
    var downElsewhere: Set<String> { get }
    /// What is known of the processes, as it was a moment ago.
    var membership: StoreMembership { get }
}

extension LaneOwnership {
    /// Whether a request may begin that was claimed in that term.
    package func lets(_ term: Int, passTo mmsc: String) -> Bool { has(lane: mmsc) && self.term == term }
}

/// The processes that share a store.
package struct StoreMembership: Sendable, Equatable {
    /// How many there are, this one included.
    package var count: Int
    /// The MMSCs that this process sends to.
    package var lanes: Set<String>
    /// How long this process may go on without another proof that it does, in seconds; 0 when that time is over.
    package var secondsLeft: Double

    package init(count: Int, lanes: Set<String>, secondsLeft: Double) {
        (self.count, self.lanes, self.secondsLeft) = (count, lanes, secondsLeft)
    }
}
