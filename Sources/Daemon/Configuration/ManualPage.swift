/// mailroom.toml(5), made from the schema.
package enum ManualPage {
    package static func render(_ schema: Schema = .current) -> String {
        var page = opening
        for section in schema.sections {
            page += ".Ss \(argument(section.header))\n" + paragraph(section.text)
            page += ".Bl -tag -width Ds\n"
            for setting in section.settings { page += item(setting) }
            page += ".El\n"
        }
        return page + closing
    }

    private static func item(_ setting: Setting) -> String {
        var item = ".It Ic \(setting.key)\n" + paragraph(setting.text)
        var facts = Markup.upperFirst(setting.kind.description) + "."
        if setting.isRequired {
            facts += " Must be set."
        } else if setting.fallback != nil {
            facts += " Default: `\(setting.example)`."
        } else {
            facts += " Example: `\(setting.example)`."
        }
        if setting.since != "1.0" { facts += " Since version \(setting.since)." }
        item += ".br\n" + paragraph(facts)
        if case .table(let section) = setting.kind, !section.text.isEmpty {
            item += ".Bl -tag -width Ds\n" + section.settings.map { self.item($0) }.joined() + ".El\n"
        }
        return item
    }

    /// Sentences on lines of their own, as mdoc(7) wants them.
    static func paragraph(_ text: String) -> String {
        var sentences: [String] = [""]
        let pieces = Markup.pieces(text)
        for piece in pieces {
            guard !piece.isCode else {
                // No break inside code, and no octet of it is a request.
                let code = escaped(piece.text).split(separator: " ").joined(separator: "\\ ")
                sentences[sentences.count - 1] += "\\fB\(code)\\fR"
                continue
            }
            var rest = escaped(piece.text)[...]
            while let end = rest.indices.first(where: {
                ".?!".contains(rest[$0]) && rest[$0...].dropFirst().first == " "
            }) {
                sentences[sentences.count - 1] += rest[...end]
                sentences.append("")
                rest = rest[rest.index(after: end)...].drop { $0 == " " }
            }
            sentences[sentences.count - 1] += rest
        }
        let lines = sentences.flatMap { TextWrap.lines($0, width: 78) }
        return lines.map { line in ".'".contains(line.first ?? " ") ? "\\&\(line)\n" : "\(line)\n" }.joined()
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "\\" ? "\\e" : String($0) }.joined()
    }

    /// A bracket at the end would be taken for punctuation.
    private static func argument(_ text: String) -> String { "\(escaped(text))\\&" }

    private static let opening = """
        .Dd November 21, 2026
        .Dt MAILROOM.TOML 5
        .Os
        .Sh NAME
        .Nm mailroom.toml
        .Nd configuration of Mailroom
        .Sh DESCRIPTION
        .Nm
        holds everything an administrator decides about
        .Xr mailroom 8 .
        Clients, contacts and staff are not in it: they are data.
        .Pp
        It is a TOML 1.0 file in UTF-8.
        After it the files
        .Pa conf.d/*.toml
        beside it are read, in the order of their names.
        A value in a later file replaces that of an earlier one;
        .Ic [[filing.rule]]
        and
        .Ic [[folder]]
        are added to those before; a section may be spread over files.
        Within one file a key that is set twice is an error, and so is a key that
        Mailroom does not know.
        .Pp
        .Dl mailroom check && systemctl reload mailroom
        .Pp
        tells every mistake at once, with its line, and then takes over what
        changed.
        A reload with a mistake changes nothing: the running configuration stays.
        .Ss Sizes and times
        A size is a whole number and one of B, KB, MB, GB and TB, such as
        .Qq 200 MB ;
        a KB has 1024 octets.
        A time is a whole number and one of s, min, hours, days and weeks, such as
        .Qq 5 min .
        A number without a unit is refused.
        .Ss Patterns
        In patterns of names
        .Sq *
        is anything, also nothing,
        .Sq \\&?
        is one character, and
        .Sq \\&[ _-]\\&
        is one of the characters in the brackets.
        Capital and small letters are the same.
        .Sh SECTIONS

        """

    private static let closing = """
        .Sh FILES
        .Bl -tag -width Ds
        .It Pa /etc/mailroom/mailroom.toml
        The configuration.
        .It Pa /etc/mailroom/conf.d/*.toml
        Files read after it.
        .It Pa /etc/mailroom/texts/de/request.txt
        A text of a letter in place of the one built in; see
        .Xr mailroom-texts 7 .
        .It Pa /etc/mailroom/secrets
        Passwords, a file for each; see
        .Xr mailroom-secrets 7 .
        .El
        .Sh EXIT STATUS
        .Nm mailroom Cm check
        and
        .Nm mailroom Cm serve
        exit with 78 when the configuration has a mistake; a warning is none.
        .Sh EXAMPLES
        The least that reads mail:
        .Bd -literal -offset indent
        [firm]
        name = "Bergmann & Partner"
        time_zone = "Europe/Berlin"
        domains = ["bergmann-stb.example"]

        [mailbox.office]
        host = "imap.example.net"
        user = "office@bergmann-stb.example"
        password = { credential = "office-imap" }
        sender_checks = ["mx.example.net"]
        .Ed
        .Pp
        .Ql mailroom config --defaults
        prints all of it, with every default.
        .Sh SEE ALSO
        .Xr mailroom-filing 7 ,
        .Xr mailroom-secrets 7 ,
        .Xr mailroom-texts 7 ,
        .Xr mailroom 8

        """
}
