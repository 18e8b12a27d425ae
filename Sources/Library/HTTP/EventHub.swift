internal import Synchronization

/// The open pages of everybody who is signed in.
package final class EventHub: Sendable {
    private let limitPerUser: Int
    private let limit: Int
    private let streams = Mutex(Streams())

    private struct Streams {
        var open: [ObjectIdentifier: (stream: EventStream, number: Int)] = [:]
        var opened = 0
    }

    /// - Parameters:
    ///   - limitPerUser: open pages of one person.
    ///   - limit: of all together.
    package init(limitPerUser: Int = 20, limit: Int = 2_000) {
        self.limitPerUser = limitPerUser
        self.limit = limit
    }

    /// A stream for one more page; nil where there are as many as may be: the page then asks now and then.
    ///
    /// Of a person who has as many as one may have the oldest is let go. Most
    /// likely its page is closed, which is noticed only when the next comment is
    /// written to it: whoever goes through twenty pages in a few seconds has
    /// nineteen of those. A page that is still open comes again.
    package func open(user: String) -> EventStream? {
        let stream = EventStream(user: user) { [weak self] stream in
            self?.streams.withLock { _ = $0.open.removeValue(forKey: ObjectIdentifier(stream)) }
        }
        let (isOpen, oldest): (Bool, EventStream?) = streams.withLock { streams in
            let own = streams.open.values.filter { $0.stream.user == user }
            let oldest = own.count < limitPerUser ? nil : own.min { $0.number < $1.number }?.stream
            guard streams.open.count < limit || oldest != nil else { return (false, nil) }
            streams.opened += 1
            streams.open[ObjectIdentifier(stream)] = (stream, streams.opened)
            return (true, oldest)
        }
        oldest?.end()
        return isOpen ? stream : nil
    }

    /// Tells every page whose user may know.
    package func send(_ event: ServerEvent, to mayKnow: (_ user: String) -> Bool = { _ in true }) {
        for stream in all where mayKnow(stream.user) { stream.send(event) }
    }

    /// Signed out: their pages go.
    package func end(user: String) {
        for stream in all where stream.user == user { stream.end() }
    }

    package var count: Int { streams.withLock { $0.open.count } }

    private var all: [EventStream] { streams.withLock { $0.open.values.map(\.stream) } }
}
