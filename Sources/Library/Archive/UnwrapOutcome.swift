/// What became of a container.
package struct UnwrapOutcome: Hashable, Sendable {
    package let ending: UnwrapEnding
    /// Why, when it is not complete; for staff and the log, without names of members.
    package let words: String
    /// Members begun, and octets received of them.
    package let members: Int
    package let octets: Int

    /// The case table: what the parent saw for itself comes first, then what
    /// became of the child, and its own word last.
    ///
    /// | the answer | the child | ending |
    /// |---|---|---|
    /// | nonsense, or over a limit | any | damaged, overLimit |
    /// | any | not started | unavailable |
    /// | any | stopped by us | overLimit |
    /// | a summary other than complete | any | the summary's |
    /// | any | died | damaged |
    /// | complete | ended | complete |
    /// | none | ended | damaged |
    init(_ reader: UnwrapReader, _ end: Containers.ChildEnd) {
        members = reader.members
        octets = reader.octets
        if let distrust = reader.distrust {
            (ending, words) = (distrust.code, distrust.description)
            return
        }
        switch end {
        case .notStarted(let why): (ending, words) = (.unavailable, why)
        case .stopped(let why): (ending, words) = (.overLimit, why)
        case .died(let why):
            if let summary = reader.summary, summary.ending != .complete {
                (ending, words) = summary
            } else {
                (ending, words) = (.damaged, why)
            }
        case .ended:
            (ending, words) = reader.summary ?? (.damaged, "the container's parser gave no answer")
        }
    }
}
