package import Systemd

/// The pages' lines in the journal: no names, no subjects, no addresses.
package struct WebEvents: Sendable {
    private let log: Log

    package init(_ log: Log) { self.log = log }

    /// A page that broke: the person is told the number, and the journal what happened.
    func broken(_ number: String, _ path: String, _ error: String) {
        log.event(
            "page-failed", .error, [Log.Field("number", number)], "page \(path) failed (\(number)): \(error)")
    }
}
