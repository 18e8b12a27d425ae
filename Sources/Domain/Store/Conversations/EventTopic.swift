package import Text

/// What happened to an account's folders by no mail and no request: all of a topic stands in one conversation.
package enum EventTopic: String, CaseIterable, Sendable {
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

    /// A conversation is called as its account is written to; its reader may have another language.
    package static func title(_ kept: String, in language: Language) -> String {
        let topic = allCases.first { topic in
            [Language.de, .en, .ja].contains { topic.title($0) == kept }
        }
        return topic?.title(language) ?? kept
    }
}
