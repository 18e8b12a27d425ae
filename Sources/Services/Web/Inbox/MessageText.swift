internal import Markup
internal import Store

/// What a message says, within its conversation.
enum MessageText {
    static func html(_ message: ConversationMessage, _ visit: Visit) async throws -> HTML {
        try await MessageBodyView.html(for: message.summary.number, visit)
    }
}
