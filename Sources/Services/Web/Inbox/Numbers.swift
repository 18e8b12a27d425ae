internal import Mailroom
internal import Markup
internal import Store

extension HTML.Interpolation {
    mutating func appendInterpolation(_ id: ConversationID) { appendInterpolation(id.rawValue) }
    mutating func appendInterpolation(_ number: MessageNumber) { appendInterpolation(number.rawValue) }
}
