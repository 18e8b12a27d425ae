internal import Text

/// What happened to an account's folders by no mail and no request: all of a topic stands in one conversation.
enum EventTopic: String, Sendable {
    /// A client changed something in them.
    case client
    /// Something is the matter with their files on the disk.
    case disk

    /// Of an event; its kind begins with the topic.
    init?(kind: String) {
        guard let end = kind.firstIndex(of: ".") else { return nil }
        self.init(rawValue: String(kind[..<end]))
    }

    /// What the conversation is called.
    func title(_ language: Language) -> String {
        switch (self, language) {
        case (.client, .de): "Änderungen in den Ordnern"
        case (.client, .en): "Changes in the folders"
        case (.client, .ja): "フォルダーの変更"
        case (.disk, .de): "Dateien auf der Festplatte"
        case (.disk, .en): "Files on the disk"
        case (.disk, .ja): "ディスク上のファイル"
        }
    }
}
