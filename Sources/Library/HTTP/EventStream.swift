/// One event for an `EventSource`. HTML Standard, section 9.2.
package struct ServerEvent: Hashable, Sendable {
    /// What the page listens for; letters, digits, `-` and `_`.
    package let name: String
    package let data: String
    /// What the page says in `Last-Event-ID` when it comes again.
    package let id: UInt64?

    package init(_ name: String, _ data: String = "", id: UInt64? = nil) {
        let isName = name.utf8.allSatisfy { Token.isTokenOctet($0) }
        precondition(!name.isEmpty && isName, "an event's name is a token of ours")
        self.name = name
        self.data = data
        self.id = id
    }

    /// Each line of the data is a line of the event: no line end in it can begin another field.
    var octets: [UInt8] {
        var text = "event: \(name)\n"
        if let id { text += "id: \(id)\n" }
        var line: [UInt8] = []
        var lines: [[UInt8]] = []
        var last: UInt8 = 0
        for octet in data.utf8 {
            if octet == 13 || (octet == 10 && last != 13) {
                lines.append(line)
                line = []
            } else if octet != 10 {
                line.append(octet)
            }
            last = octet
        }
        lines.append(line)
        for line in lines { text += "data: \(String(decoding: line, as: UTF8.self))\n" }
        return Array((text + "\n").utf8)
    }
}

/// One page that hears of what happens, until it is closed.
package final class EventStream: Sendable {
    package let user: String
    let outflow = Outflow()
    private let ended: @Sendable (EventStream) -> Void

    /// What waits for a page that takes nothing; it comes again by itself, and asks for what it missed.
    static let room = 256 << 10
    /// A comment, so that proxies and we notice a connection that is gone.
    static let beat: [UInt8] = Array(":\n\n".utf8)

    init(user: String, ended: @escaping @Sendable (EventStream) -> Void) {
        self.user = user
        self.ended = ended
        // Comes again after a second, not after Chromium's three.
        _ = outflow.offer(Array("retry: 1000\n\n".utf8), limit: Self.room)
    }

    /// False when the page is gone, or so slow that it is let go.
    @discardableResult
    package func send(_ event: ServerEvent) -> Bool {
        let isSent = outflow.offer(event.octets, limit: Self.room)
        if !isSent { end() }
        return isSent
    }

    /// Lets the page go; it will come again.
    package func end() {
        outflow.finish()
        ended(self)
    }

    package var isOpen: Bool { !outflow.isClosed }

    /// The connection is gone.
    func close() {
        outflow.close()
        ended(self)
    }
}
