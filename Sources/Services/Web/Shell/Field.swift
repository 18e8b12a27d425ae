package import Markup

/// One question of a form: its label, what was typed, and beside it what is wrong with that.
package struct Field: Sendable {
    package var name: String
    package var label: String
    package var value: String
    /// `text`, `email`, `password`, `date` … of HTML's input.
    package var type: String
    package var hint: String?
    package var error: String?
    package var isRequired: Bool
    package var autocomplete: String?
    /// Which keys a telephone shows: `numeric`.
    package var inputMode: String?

    package init(
        _ name: String, _ label: String, value: String = "", type: String = "text", hint: String? = nil,
        error: String? = nil, isRequired: Bool = false, autocomplete: String? = nil
    ) {
        self.name = name
        self.label = label
        self.value = value
        self.type = type
        self.hint = hint
        self.error = error
        self.isRequired = isRequired
        self.autocomplete = autocomplete
    }

    package var input: HTML {
        around(
            """
            <input id="f-\(name)" name="\(name)" type="\(type)" value="\(value)"\(flag: "required", isRequired)\
            \(attribute: "autocomplete", autocomplete)\(attribute: "inputmode", inputMode)\(attribute: "aria-invalid", error == nil ? nil : "true")\
            \(attribute: "aria-describedby", described)>
            """)
    }

    package var area: HTML {
        around(
            """
            <textarea id="f-\(name)" name="\(name)"\(flag: "required", isRequired)\
            \(attribute: "aria-invalid", error == nil ? nil : "true")\
            \(attribute: "aria-describedby", described)>
            \(value)</textarea>
            """)
    }

    package func select(_ options: [(value: String, words: String)]) -> HTML {
        let entries = options.map { option -> HTML in
            """
            <option value="\(option.value)"\(flag: "selected", option.value == value)>\(option.words)</option>
            """
        }
        return around(
            """
            <select id="f-\(name)" name="\(name)"\(attribute: "aria-invalid", error == nil ? nil : "true")\
            \(attribute: "aria-describedby", described)>\(entries)</select>
            """)
    }

    private var described: String? {
        let ids = [hint.map { _ in "h-\(name)" }, error.map { _ in "e-\(name)" }].compactMap { $0 }
        return ids.isEmpty ? nil : ids.joined(separator: " ")
    }

    private func around(_ control: HTML) -> HTML {
        let below: HTML =
            (hint.map { "<small id=\"h-\(name)\">\($0)</small>" as HTML } ?? .empty)
            + (error.map {
                "<p class=\"wrong\" id=\"e-\(name)\">\(Icon("alert").svg)<span>\($0)</span></p>" as HTML
            } ?? .empty)
        return "<div class=\"field\"><label for=\"f-\(name)\">\(label)</label>\(control)\(below)</div>"
    }
}
