internal import Synchronization

/// The open pages of everybody who is signed in.
package final class EventHub: Sendable {
    private let limitPerUser: Int
    private let limit: Int
    private let streams = Mutex<[ObjectIdentifier: EventStream]>([:])

    /// - Parameters:
    ///   - limitPerUser: open pages of one person.
    ///   - limit: of all together.
    package init(limitPerUser: Int = 20, limit: Int = 2_000) {
        self.limitPerUser = limitPerUser
        self.limit = limit
    }

    /// A stream for one more page; nil where there are as many as may be: the page then asks now and then.
    package func open(user: String) -> EventStream? {
        let stream = EventStream(user: user) { [weak self] stream in
            self?.streams.withLock { _ = $0.removeValue(forKey: ObjectIdentifier(stream)) }
        }
        return streams.withLock { streams in
            guard streams.count < limit, streams.values.count(where: { $0.user == user }) < limitPerUser
            else {
                return nil
            }
            streams[ObjectIdentifier(stream)] = stream
            return stream
        }
    }

    /// Tells every page whose user may know.
    package func send(_ event: ServerEvent, to mayKnow: (_ user: String) -> Bool = { _ in true }) {
        for stream in all where mayKnow(stream.user) { stream.send(event) }
    }

    /// Signed out: their pages go.
    package func end(user: String) {
        for stream in all where stream.user == user { stream.end() }
    }

    package var count: Int { streams.withLock { $0.count } }

    private var all: [EventStream] { streams.withLock { Array($0.values) } }
}
