/// The whole configuration as a commented file: what `mailroom config --defaults` prints.
///
/// As it stands it changes nothing: what has a default is commented out with
/// it, and so is every section that needs a name or comes in a list.
package enum DefaultsText {
    package static func render(_ schema: Schema = .current) -> String {
        var text = """
            # Every setting of Mailroom, with its default. A line that begins with # and a key shows
            # the default, or an example where there is none.

            """
        for section in schema.sections {
            text +=
                "\n# ---- \(section.title) " + String(repeating: "-", count: max(4, 90 - section.title.count))
            text += "\n" + comment(section.text) + "\n"
            let header = section.header.split(separator: "NAME").joined(separator: "office")
            // A section that needs something is no section while it is commented out.
            let isOptional = section.shape != .single || section.settings.contains(where: \.isRequired)
            text += (isOptional ? "#\(header)" : header) + "\n"
            for setting in section.settings {
                var facts = ["\(Markup.upperFirst(Markup.plain(setting.kind.description)))."]
                if setting.isRequired {
                    facts = ["Must be set."]
                } else if setting.fallback == nil {
                    facts += ["An example:"]
                }
                text += "\n" + comment(([setting.text] + facts).joined(separator: " "))
                text += "\n#\(setting.key) = \(setting.example)\n"
            }
        }
        return text
    }

    private static func comment(_ text: String) -> String {
        TextWrap.lines(Markup.plain(text), width: 94).map { "# \($0)" }.joined(separator: "\n")
    }
}

/// The little there is of mark-up in descriptions: code in backticks.
enum Markup {
    static func plain(_ text: String) -> String { text.filter { $0 != "`" } }

    static func upperFirst(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }

    /// The pieces of a text, each code or not.
    static func pieces(_ text: String) -> [(text: String, isCode: Bool)] {
        text.split(separator: "`", omittingEmptySubsequences: false).enumerated()
            .map { (String($0.element), !$0.offset.isMultiple(of: 2)) }
    }
}

/// Breaks text between words.
enum TextWrap {
    /// Lines of at most `width` octets, a longer word apart.
    static func lines(_ text: String, width: Int) -> [String] {
        var lines: [String] = []
        var line = ""
        for word in text.split(whereSeparator: { $0 == " " || $0 == "\n" }) {
            if !line.isEmpty, line.utf8.count + 1 + word.utf8.count > width {
                lines.append(line)
                line = ""
            }
            line += (line.isEmpty ? "" : " ") + word
        }
        return line.isEmpty ? lines : lines + [line]
    }
}
