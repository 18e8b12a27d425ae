internal import Text

/// A template with the values of one letter in it: paragraphs and lists, before they are text or HTML.
struct LetterPage {
    enum Block: Equatable {
        case lines([String])
        /// The line above a list.
        case heading(String)
        case message([[String]])
        case items([LetterItem])
        case files([LetterFile])
        /// The remote server's own.
        case words([String])
        /// Digits to be typed elsewhere.
        case code(String)
        case button(label: String, link: String)
    }

    let letter: Letter
    let words: LetterWords
    private(set) var subject = ""
    private(set) var blocks: [Block] = []

    init(_ template: LetterTemplate, _ letter: Letter) {
        self.letter = letter
        words = LetterWords(language: letter.language)
        subject = fill(template.subject) ?? Self.oneLine(letter.title)
        for paragraph in template.paragraphs { blocks += blocks(of: paragraph) }
    }

    /// Nothing of a paragraph whose list is empty.
    private func blocks(of paragraph: [LetterTemplate.Line]) -> [Block] {
        var blocks: [Block] = []
        var lines: [String] = []
        func flush(isHeading: Bool) {
            guard !lines.isEmpty else { return }
            blocks.append(isHeading && lines.count == 1 ? .heading(lines[0]) : .lines(lines))
            lines = []
        }
        for line in paragraph {
            if case .field(let field)? = line.last, field.place == .button {
                guard let link = letter.link else { continue }
                flush(isHeading: false)
                blocks.append(.button(label: label(line.dropLast()), link: link))
            } else if line.count == 1, case .field(let field) = line[0], field.place == .block {
                guard let block = block(field) else { return [] }
                flush(isHeading: true)
                blocks.append(block)
            } else if let text = fill(line) {
                lines.append(text)
            }
        }
        flush(isHeading: false)
        return blocks
    }

    private func block(_ field: LetterField) -> Block? {
        switch field {
        case .message:
            let paragraphs = Self.paragraphs(letter.message ?? "")
            return paragraphs.isEmpty ? nil : .message(paragraphs)
        case .items:
            let items = letter.items.filter { $0.state != .received }
            return items.isEmpty ? nil : .items(items)
        case .received:
            let items = letter.items.filter { $0.state == .received }
            return items.isEmpty ? nil : .items(items)
        case .documents:
            return letter.documents.isEmpty ? nil : .items(letter.documents.map { LetterItem($0) })
        case .files: return letter.files.isEmpty ? nil : .files(letter.files)
        case .words:
            let lines = Self.paragraphs(letter.failure?.words ?? "").flatMap { $0 }
            return lines.isEmpty ? nil : .words(lines)
        case .code: return letter.code.map { .code($0) }
        case .firm, .phone, .imprint, .privacy, .account, .person, .recipient, .greeting, .title, .due,
            .expires, .count, .address, .inviteReply, .link:
            preconditionFailure("\(field.braced) is no list")
        }
    }

    /// What the button says: the words before the link, without their colon.
    private func label(_ pieces: ArraySlice<LetterTemplate.Piece>) -> String {
        var text = (fill(Array(pieces)) ?? "")[...]
        while let last = text.last, last.isWhitespace || last == ":" || last == "：" { text.removeLast() }
        return text.isEmpty ? words.open : String(text)
    }

    /// A line with its values; nil when one of them has none.
    private func fill(_ line: LetterTemplate.Line) -> String? {
        var text = ""
        for piece in line {
            switch piece {
            // "Smith & Sons Inc." at the end of a sentence has one full stop.
            case .text(let literal):
                text += text.last == "." && literal.first == "." ? literal.dropFirst() : literal[...]
            case .field(let field):
                guard let value = value(field), !value.isEmpty else { return nil }
                text += Self.oneLine(value)
            }
        }
        return text
    }

    private func value(_ field: LetterField) -> String? {
        switch field {
        case .firm: letter.firm.name
        case .phone: letter.firm.phone
        case .imprint: letter.firm.imprint
        case .privacy: letter.firm.privacy
        case .account: letter.account
        case .person: letter.person
        case .recipient: letter.recipient
        case .greeting: words.greeting(letter.recipient.flatMap { $0.isEmpty ? nil : $0 })
        case .title: letter.title
        case .due: letter.due.map(words.day)
        case .expires: letter.link == nil ? nil : letter.expires.map(words.day)
        case .count: letter.files.isEmpty ? nil : words.files(letter.files.count)
        case .address: letter.failure?.address
        case .inviteReply: letter.invitesReply ? words.inviteReply : nil
        case .message, .items, .received, .files, .documents, .words, .code, .link: nil
        }
    }

    private static func oneLine(_ text: String) -> String {
        text.split(whereSeparator: \.isNewline).joined(separator: " ")
    }

    /// Lines between empty ones.
    private static func paragraphs(_ text: String) -> [[String]] {
        var paragraphs: [[String]] = [[]]
        for line in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline) {
            if line.allSatisfy(\.isWhitespace) {
                paragraphs.append([])
            } else {
                paragraphs[paragraphs.count - 1].append(String(line))
            }
        }
        return paragraphs.filter { !$0.isEmpty }
    }
}
