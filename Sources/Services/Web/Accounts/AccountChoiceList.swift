internal import Mailroom
internal import Markup
internal import Store

/// Accounts to choose from, the first nine by a key: a button of a form each, or a link.
struct AccountChoiceList {
    private let choices: [AccountChoice]
    private let first: Int
    private let path: ((AccountChoice) -> String)?

    /// - Parameters:
    ///   - first: the key of the first one.
    ///   - path: where each leads; nil: it is a button that sends its form with `account`.
    init(_ choices: [AccountChoice], from first: Int = 1, path: ((AccountChoice) -> String)? = nil) {
        self.choices = choices
        self.first = first
        self.path = path
    }

    /// Empty where there is nothing to choose.
    func html(under title: String? = nil) -> HTML {
        guard !choices.isEmpty else { return .empty }
        let heading: HTML = title.map { "<h2 class=\"small\">\($0)</h2>" } ?? .empty
        let all = choices.enumerated().map { choice(first + $0.offset, $0.element) }
        return "\(heading)<div class=\"choices\">\(all)</div>"
    }

    private func choice(_ number: Int, _ choice: AccountChoice) -> HTML {
        let key = number < 10 ? "\(number)" : nil
        let words: HTML = """
            \(number < 10 ? "<kbd>\(number)</kbd>" : .empty)\
            <span><b>\(choice.name)</b> <small>\(choice.number)</small></span>
            """
        guard let path else {
            return """
                <button class="btn choice" name="account" value="\(choice.id.rawValue)"\
                \(attribute: "data-key", key)>\(words)</button>
                """
        }
        return """
            <a class="btn choice" href="\(link: path(choice))"\(attribute: "data-key", key)>\(words)</a>
            """
    }
}
