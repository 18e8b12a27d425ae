internal import Crypto
package import HTTP
package import Mail
package import Mailroom
package import Markup
package import Store
package import Text

/// One request of a person who is signed in.
package struct Visit: Sendable {
    package let site: Site
    package let request: HTTP.Request
    package let session: StaffSession
    /// How many changes there had been before anything was read for this request.
    let changes: Int

    package init(site: Site, request: HTTP.Request, session: StaffSession) {
        self.site = site
        self.request = request
        self.session = session
        changes = site.changes.count
    }

    package var member: StaffMember { session.member }
    package var staff: StaffID { session.member.id }
    package var language: Language { session.member.language }
    package var now: Timestamp { site.now }

    /// A phrase in the person's language.
    package func say(_ phrase: Phrase) -> String { phrase[language] }

    package func may(_ deed: StaffDeed) -> Bool { deed.isAllowed(to: member.role) }

    package func read<Value: Sendable>(
        _ body: @Sendable (StoreTransaction) throws -> Value
    ) async throws -> Value {
        try await site.read(body)
    }

    /// The number that a path names; nothing is found under what is none.
    package func number(_ name: String) throws -> Int64 {
        guard let number = Int64(request[parameter: name]), number > 0 else { throw PageError.notFound }
        return number
    }

    /// The hidden field that every form with `method="post"` has.
    package var token: HTML {
        "<input type=\"hidden\" name=\"token\" value=\"\(FormToken.make(session.csrfKey))\">"
    }

    /// Back to a page, with a toast that says what was done.
    ///
    /// - Parameters:
    ///   - path: of ours; it may have a query, and no fragment.
    ///   - done: one of ``DoneNote``'s: the address names it, never its words.
    ///   - undo: what takes it back: a path that a POST goes to.
    package func back(to path: String, did done: DoneNote? = nil, undo: String? = nil) -> Response {
        var query: [FormItems.Item] = []
        if let done { query.append(FormItems.Item("did", done.code)) }
        if let undo {
            query.append(FormItems.Item("undo", undo))
            query.append(FormItems.Item("mark", undoMark(undo)))
        }
        guard !query.isEmpty else { return .seeOther(path) }
        return .seeOther(path + (path.contains("?") ? "&" : "?") + FormItems(query).urlEncoded)
    }

    /// What a form says, and the address where the form is silent: a way back is an address alone.
    func answers(_ form: FormItems) -> FormItems { FormItems(form.items + request.query.items) }

    /// Shows that we ourselves wrote a way back into the address: else a stranger's link could put any deed of
    /// this person's under the word “Undo”.
    func undoMark(_ path: String) -> String {
        Base64URL.encode(
            Array(HMAC.sha256(of: Array("undo \(path)".utf8), key: session.csrfKey).prefix(16)))
    }
}

/// The token of a form: proves that the page it stood on was ours, and of this session.
///
/// Masked anew each time: the reply is compressed, and what stayed the same
/// could be guessed by its length (BREACH).
package enum FormToken {
    private static let count = 16

    package static func make(_ key: [UInt8]) -> String {
        let mask = RandomOctets.nonce(count: count)
        return Base64URL.encode(mask + zip(mask, proof(key)).map { $0 ^ $1 })
    }

    package static func isGenuine(_ token: String?, _ key: [UInt8]) -> Bool {
        guard let octets = token.flatMap({ Base64URL.decode($0) }), octets.count == 2 * count else {
            return false
        }
        return ConstantTime.equal(zip(octets[..<count], octets[count...]).map { $0 ^ $1 }, proof(key))
    }

    private static func proof(_ key: [UInt8]) -> [UInt8] {
        Array(HMAC.sha256(of: Array("form".utf8), key: key).prefix(count))
    }
}
