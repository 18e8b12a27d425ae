/// The three digits of a reply. RFC 9110 section 15.
package struct Status: Hashable, Sendable, CustomStringConvertible {
    package let code: UInt32

    package init(_ code: UInt32) {
        precondition((200...599).contains(code), "a final status is between 200 and 599")
        self.code = code
    }

    package static let ok = Status(200)
    package static let created = Status(201)
    package static let noContent = Status(204)
    package static let partialContent = Status(206)
    package static let found = Status(302)
    package static let seeOther = Status(303)
    package static let notModified = Status(304)
    package static let badRequest = Status(400)
    package static let unauthorized = Status(401)
    package static let forbidden = Status(403)
    package static let notFound = Status(404)
    package static let methodNotAllowed = Status(405)
    package static let requestTimeout = Status(408)
    package static let conflict = Status(409)
    package static let gone = Status(410)
    package static let lengthRequired = Status(411)
    package static let preconditionFailed = Status(412)
    package static let contentTooLarge = Status(413)
    package static let unsupportedMediaType = Status(415)
    package static let rangeNotSatisfiable = Status(416)
    package static let misdirectedRequest = Status(421)
    package static let unprocessableContent = Status(422)
    package static let tooManyRequests = Status(429)
    package static let internalServerError = Status(500)
    package static let serviceUnavailable = Status(503)
    /// RFC 4918 section 11.5.
    package static let insufficientStorage = Status(507)

    /// No content may follow. RFC 9110 section 6.4.1.
    package var hasNoContent: Bool { code == 204 || code == 304 }

    package var description: String { String(code) }
}
